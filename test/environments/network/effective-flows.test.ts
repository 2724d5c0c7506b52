import { describe, expect, test } from "@jest/globals";
import { effectiveFlows } from "../../../environments/network/effective-flows";
import type { City } from "../../../environments/model/city";
import { edited } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { MILAN, load } from "../../fixtures/city-files";

/** Names of the ends that open an application's first flow, in Milan with edits. */
function ends(id: string, ...edits: Edit[]): readonly string[] | undefined {
  const { cities, violations } = load({ "milan.yaml": edited(MILAN, ...edits) });
  expect(violations).toEqual([]);
  return cities.flatMap((city: City) => effectiveFlows(city)).find((flow) => flow.id === id)?.from;
}

describe("the flows of an application", () => {
  const office: Edit = { "workstations.office.+applications": ["registry"] };

  test("lead from the segments of the pools that use it", () => {
    expect(ends("registry.portal")).toEqual(["desktops-anagrafe"]);
  });

  test("lead also from those whose workstation has it, each once", () => {
    expect(ends("registry.portal", office)).toEqual([
      "desktops-anagrafe",
      "desktops-educazione",
      "desktops-polizia-locale",
      "desktops-sala-operativa",
    ]);
  });
});
