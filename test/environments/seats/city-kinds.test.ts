import { describe, expect, test } from "@jest/globals";
import { App } from "cdktf";
import type { DeclaredCity } from "../../../environments/model/city";
import { withEmergencies, withPromised } from "../../../environments/seats/hosting";
import { duringEmergency } from "../../../environments/seats/surge";
import { accessReport } from "../../../reports/access-report";
import { capacityReport } from "../../../reports/capacity-report";
import { deploymentReport } from "../../../reports/deployment-report";
import { declareCities } from "../../../stacks/city-stacks";
import { deployed } from "../../fixtures/deployed";
import { hostingCities } from "../../fixtures/hosting-cities";
import { sampleCity } from "../../fixtures/sample-city";

const SURGE_SEATS = 4;
const PROMISED_SEATS = 6;

/** The sample with seats of its own for an emergency, and with some that it promises to another city, in one segment. */
function prepared(active: boolean): DeclaredCity {
  const { emergency, ...city } = hostingCities().host;
  const hosting = emergency.hosting.map((one) => ({ ...one, segment: "desktops", seats: PROMISED_SEATS }));
  const surge = [{ pool: "anagrafe", code: "anx", seats: SURGE_SEATS }];
  return { ...city, emergency: { ...emergency, active, surge, hosting } };
}

/** The city's seats have the addresses of one segment. */
function inOneSegment({ pools, ...city }: DeclaredCity): DeclaredCity {
  return { ...city, pools: pools.map((pool) => ({ ...pool, segment: "desktops" })) };
}

describe("a city declared and a city deployed", () => {
  test("have each seat once in an emergency, in the report on capacity too", () => {
    for (const active of [false, true]) {
      const city = inOneSegment(prepared(active));
      const row = capacityReport(city).resources.find(({ kind }) => kind === "segment");
      expect(row?.headroom).toEqual(expect.any(Number));
      expect((row?.headroom ?? 0) - (row?.headroomInEmergency ?? 0)).toBe(SURGE_SEATS + PROMISED_SEATS);
    }
  });

  test("have the same pools whatever is made of them first, none of them twice", () => {
    const city = prepared(true);
    const names = (of: { readonly pools: DeclaredCity["pools"] }): string[] => of.pools.map(({ name }) => name);
    expect(names(deployed(city))).toEqual([...names(city), "anagrafe-surge"]);
    expect(names(duringEmergency(city))).toEqual(names(deployed(city)));
    expect(names(withPromised(city))).toEqual([...names(deployed(city)), "guest-anagrafe-hosted"]);
    const guest = hostingCities({ active: true }).guest;
    const [, host] = withEmergencies([guest, city]);
    expect(host && names(host)).toEqual([...names(city), "guest-anagrafe-hosted", "anagrafe-surge"]);
  });

  test("are told apart by the compiler: what takes the one refuses the other", () => {
    const [declared, whole] = [sampleCity(), deployed(sampleCity())];
    const wrong = [
      // @ts-expect-error the emergency's seats would be counted twice
      () => capacityReport(whole),
      // @ts-expect-error nobody planned the emergency's seats
      () => deploymentReport(whole),
      // @ts-expect-error the emergency's pools would be made twice
      () => withEmergencies([whole]),
      // @ts-expect-error the emergency's seats would be counted twice
      () => duringEmergency(whole),
      // @ts-expect-error what it promises would be counted beside what it hosts
      () => withPromised(whole),
      // @ts-expect-error it lacks the pools of the emergency and what it hosts
      () => accessReport(declared, declared, () => 1),
      // @ts-expect-error what the file does not name has no line in it
      () => accessReport(whole, whole, () => 1),
      () => {
        // @ts-expect-error the emergency's stacks would be missing, and those deployed left to nobody
        declareCities(new App(), [declared], {});
      },
    ];
    expect(wrong).toHaveLength(8);
  });
});
