import { describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import { citySchema } from "../../environments/model/city";
import { DESTINATION_KEYS, destinationChanges, destinationScope, isAskedByAPreview } from "../../preview/destinations";
import { headline } from "../../preview/headline";
import { markdown } from "../../preview/markdown";
import { page } from "../../preview/page/page";
import { previewReport } from "../../preview/report";
import { textFields } from "../fixtures/hostile-texts";
import { planOf } from "../fixtures/terraform-plan";
import { deployedSample } from "../fixtures/deployed";
import { ciOf } from "../fixtures/optional-parts";

const placeOf = (path: readonly (string | number)[]) => ({ file: path.join("."), line: 7, column: 1 });
/** Addresses and names to which nobody's login goes: what machines are and whom they reach. */
const NO_LOGIN = [
  /^platform\.clusters\[\]\.(?:hosts|hostAdapters|hostGroups\[\]\.hosts)\[\]$/,
  /^network\./,
  /^emergency\./,
  // Gateways and access machines ask them names, without a login.
  /^access\.machines\.nameServers\[\]$/,
  /^secrets\.accounts\.rotated\[\]\.dn$/,
  /^secrets\.directory\.domainControllers$/,
  /^images\.\*\.licenceServer$/,
  // No deployment sends it anywhere: administrators put what report profiles writes into the domain's policies, and people log in there.
  /^pools\[\]\.profiles\.server$/,
  // Readers of what the city publishes write to it, and alerts, which have no secret, are posted to the others.
  /^project\.publication\.address$/,
  /^monitoring\.mail\.smarthost$/,
];
const ADDRESS = /url|host(?!Group)|address|server|endpoint|domain|dn$|sha256|issuer|audience/i;

function isDestination(key: string): boolean {
  return DESTINATION_KEYS.some((known) => (known.endsWith(".*") ? key.startsWith(known.slice(0, -1)) : key === known));
}

function moved(address: string): DeployedCity {
  const city = deployedSample();
  return { ...city, platform: { ...city.platform, vault: { ...city.platform.vault, address } } };
}

describe("where logins go", () => {
  test("is known of every address of the schema: a destination, or one to which no login goes", () => {
    const addresses = [...new Set(textFields(citySchema).map(({ key }) => key))].filter((key) => ADDRESS.test(key));
    const unknown = addresses.filter((key) => !isDestination(key) && !NO_LOGIN.some((pattern) => pattern.test(key)));
    expect(unknown).toEqual([]);
    expect(addresses.length).toBeGreaterThan(15);
  });

  test("stays the same where the file does", () => {
    expect(destinationChanges(deployedSample(), deployedSample())).toEqual([]);
  });

  test.each<[string, (city: DeployedCity) => DeployedCity]>([
    [
      "platform.vsphere.server",
      (city) => ({
        ...city,
        platform: { ...city.platform, vsphere: { ...city.platform.vsphere, server: "vcenter.thief.example" } },
      }),
    ],
    ["platform.vault.address", () => moved("https://vault.thief.example")],
    [
      "secrets.ci.issuer",
      (city) => ({
        ...city,
        secrets: { ...city.secrets, ci: { ...ciOf(city), issuer: "https://thief.example" } },
      }),
    ],
    [
      "platform.state.backend",
      (city) => ({
        ...city,
        platform: { ...city.platform, state: { backend: "pg", server: "thief.example", port: 5432, database: "vdi" } },
      }),
    ],
    [
      "secrets.authority.rootSha256",
      (city) => ({ ...city, secrets: { ...city.secrets, authority: { rootSha256: "AA:BB", renewWithinDays: 90 } } }),
    ],
  ])("closes a gate where %s changes, before everything else", (key, change) => {
    const wanted = change(deployedSample());
    const results = [{ stack: "sample-network", plan: planOf([]) }];
    const report = previewReport({ wanted, base: deployedSample(), placeOf }, results);
    expect(report.result).toBe("stopped");
    expect(report.gates.closed[0]).toMatchObject({
      gate: "destinations",
      scope: expect.stringContaining(key.split(".").slice(0, 2).join(".")),
    });
    expect(report.file?.destinations.map((change) => change.key)).toContain(key);
    const text = markdown(report, "Campione");
    expect(text.indexOf("### Where logins go")).toBeLessThan(text.indexOf("**Stopped.**"));
    expect(text).toContain(`\`${key}\``);
    expect(page(report, { cityName: "Campione", diagram: null })).toContain("Where logins go, and who is believed");
  });

  test("has a scope of its own in a waiver, however long it is", () => {
    const long = `https://vault.example/${"a".repeat(200)}`;
    const scopes = [`${long}/good`, `${long}/evil`].map((after) =>
      destinationScope({ key: "platform.vault.address", before: null, after }),
    );
    expect(new Set(scopes).size).toBe(2);
    expect(scopes.map(({ length }) => length)).toEqual([200, 200]);
  });

  test("passes by a waiver that the branch has", () => {
    const waivers = [
      {
        gate: "destinations" as const,
        scope: "platform.vault.address -> https://vault2.example",
        reason: "New server",
        owner: "M. Rossi",
        until: "2027-12-31",
      },
    ];
    const [base, wanted] = [deployedSample(), moved("https://vault2.example")].map((city) => ({
      ...city,
      review: { ...city.review, waivers },
    }));
    if (base === undefined || wanted === undefined) throw new Error("two cities");
    const report = previewReport({ wanted, base, placeOf }, [{ stack: "sample-network", plan: planOf([]) }]);
    expect(report.gates).toMatchObject({ closed: [], waived: [{ gate: "destinations" }] });
    const third = { ...moved("https://vault.thief.example"), review: base.review };
    const { closed } = previewReport({ wanted: third, base, placeOf }, [{ stack: "n", plan: planOf([]) }]).gates;
    expect(closed).toMatchObject([{ scope: "platform.vault.address -> https://vault.thief.example" }]);
  });

  test("is said where nothing was planned for it", () => {
    const wanted = moved("https://vault.thief.example");
    const [change] = destinationChanges(deployedSample(), wanted);
    expect(change !== undefined && isAskedByAPreview(change)).toBe(true);
    const report = previewReport({ wanted, base: deployedSample(), placeOf, withheld: ["platform.vault.address"] }, []);
    expect(report.result).toBe("stopped");
    expect(headline(report)).toContain("nothing was planned, as logins would go elsewhere");
  });
});
