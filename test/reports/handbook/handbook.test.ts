import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { SUPPORT_DUTIES } from "../../../access/vsphere/support-duties";
import { loadDeployed } from "../../../environments/deployed";
import type { DeployedCity } from "../../../environments/model/city";
import { handbook } from "../../../reports/handbook/handbook";
import type { Handbook } from "../../../reports/handbook/handbook";
import { handbookMarkdown } from "../../../reports/handbook/markdown";
import { handbookPage } from "../../../reports/handbook/page";
import { INCIDENTS } from "../../../reports/handbook/runbook";
import { RUNBOOKS } from "../../../reports/monitoring/alert";
import { CITIES } from "../../fixtures/city-files";
import { deployedSample } from "../../fixtures/deployed";
import { monitoredEnvironments } from "../../fixtures/monitored-city";
import { refusedLine } from "../../fixtures/typed-line";

const MONITORED = monitoredEnvironments();
const CITY_LIST: readonly DeployedCity[] = [
  ...[CITIES, MONITORED].flatMap((folder) => loadDeployed(folder, undefined).map(({ deployed }) => deployed)),
  deployedSample(),
];

afterAll(() => {
  rmSync(MONITORED, { recursive: true });
});

function book(city: DeployedCity, language: "it" | "en" = "en"): Handbook {
  return handbook(city, language, () => 1);
}

function commandsOf({ runbooks }: Handbook): string[] {
  return runbooks.flatMap(({ steps }) => steps.flatMap(({ command }) => command ?? []));
}

const CONTACT = { duty: "help-desk", name: "Sportello <b>| postazioni", hours: "lun-ven 7:30-19:00" } as const;

/** A city in which somebody is called. */
function withContacts(): DeployedCity {
  const [city] = CITY_LIST;
  if (city === undefined) throw new Error("there is no city");
  const escalation = { to: "desktop-team", afterMinutes: 30 } as const;
  const contacts = [
    { ...CONTACT, phone: "02 884 50000", escalation },
    { ...CONTACT, duty: "desktop-team" as const, mail: "a@b.example" },
  ];
  return { ...city, support: { ...city.support, contacts } };
}

describe("a handbook's runbooks", () => {
  test("are there for every usual incident, in both languages with the same commands", () => {
    for (const city of CITY_LIST) {
      const [italian, english] = [book(city, "it"), book(city, "en")];
      const ids = english.runbooks.map(({ id }) => id);
      expect(ids).toEqual(INCIDENTS.filter((id) => ids.includes(id)));
      expect(commandsOf(english)).toEqual(commandsOf(italian));
      const texts = (one: Handbook): string[] =>
        one.runbooks.flatMap(({ title, steps }) => [title, ...steps.map(({ text }) => text)]);
      texts(italian).forEach((text, index) => {
        expect(text).not.toBe(texts(english)[index]);
      });
    }
  });

  test("are those of what a city has: all of them, or none of a Vault, an emergency or monitoring that are not there", () => {
    const ids = (city: DeployedCity): string[] => book(city).runbooks.map(({ id }) => id);
    expect(CITY_LIST.map(ids)).toContainEqual([...INCIDENTS]);
    const sample = deployedSample();
    const bare = { ...sample, platform: { ...sample.platform, vault: undefined } };
    expect(ids(bare)).toEqual([
      ...["seat-does-not-start", "seat-lost-with-host", "datastore-full", "wrong-flow"],
      ...["leaver", "stolen-machine", "drift"],
    ]);
    expect(commandsOf(book(bare)).join()).not.toMatch(/secrets|bao/);
  });

  test("have only commands that their own parsers take, or that are other programs' own", async () => {
    const all = [...new Set(CITY_LIST.flatMap((city) => commandsOf(book(city))))];
    const others = all.filter((line) => !line.startsWith("npm run "));
    const refused = await Promise.all(
      all.filter((line) => line.startsWith("npm run ")).map(async (line) => [line, await refusedLine(line)]),
    );
    expect(refused.filter(([, why]) => why !== undefined)).toEqual([]);
    expect(refused.length).toBeGreaterThan(30);
    expect(others.filter((line) => !/^(?:npx cdktf deploy|bao (?:status|operator unseal)$)/.test(line))).toEqual([]);
  });

  test("name what the city has: gateways or others' firewalls, an authority, an emergency's seats", () => {
    const [catania, milan] = CITY_LIST;
    if (catania === undefined || milan === undefined) throw new Error("the cities are gone");
    expect(commandsOf(book(milan))).toContain("npm run gateways -- milan");
    expect(commandsOf(book(catania))).toContain("npm run report -- firewall catania --out firewalls");
    expect(CITY_LIST.flatMap((city) => commandsOf(book(city)))).toContain(
      "npm run report -- monitoring milan --out monitoring --force",
    );
    expect(commandsOf(book(catania))).not.toContain("npm run gateways -- catania");
    expect(commandsOf(book({ ...milan, secrets: { ...milan.secrets, authority: undefined } })).join()).not.toMatch(
      /authority/,
    );
    const stack = /npx cdktf deploy (\S+)/.exec(commandsOf(book(milan)).join("\n"))?.[1];
    expect(stack).toBe("milan-desktops-anagrafe-01");
  });

  test("are there for every alert's link", () => {
    expect(RUNBOOKS.filter((id) => !(INCIDENTS as readonly string[]).includes(id))).toEqual([]);
  });

  test("a parser refuses what no command knows", async () => {
    expect(await refusedLine("npm run secrets -- first milan --seat mi-ana-0001")).toMatch(/unknown option '--seat'/);
    expect(await refusedLine("npm run repair -- milan")).toBe("there is no script repair");
  });
});

describe("a handbook", () => {
  test("says who is called and who next, or that the file names nobody", () => {
    const text = handbookMarkdown(book(withContacts(), "it"));
    expect(text).toContain(
      String.raw`| help desk | Sportello \<b\>\| postazioni | 02 884 50000 |  | lun-ven 7:30-19:00 | dopo 30 minuti: gruppo postazioni |`,
    );
    for (const city of CITY_LIST) {
      const { roles } = city.support;
      expect(handbookMarkdown(book(city)).includes("names nobody who is called")).toBe(roles.length > 0);
    }
  });

  test("says what each role may do, and how secrets are read in an emergency", () => {
    const [, milan] = CITY_LIST;
    if (milan === undefined) throw new Error("Milan is gone");
    const roles = SUPPORT_DUTIES.map((duty) => ({ name: duty, group: `MILANO\\${duty}`, duty }));
    const text = handbookMarkdown(book({ ...milan, support: { ...milan.support, roles } }));
    expect(text).toContain("| take snapshots | datastores vsan-vdi-a, vsan-vdi-b |");
    expect(text).toMatch(/\| auditor \(auditors\) \| MILANO\\\\auditor \| reads \| machines of /);
    expect(text).toContain("-path=milan/break-glass");
    const { people } = milan.secrets;
    const without = (left: typeof people): string =>
      handbookMarkdown(book({ ...milan, secrets: { ...milan.secrets, people: left } }));
    expect(without(people && { ...people, breakGlass: undefined })).toContain(
      "names no group that reads secrets in an",
    );
    expect(without(undefined)).not.toContain("secrets in an emergency");
  });

  test("is one page in its language, with an anchor for each runbook and no markup from the file", () => {
    const page = handbookPage(book(withContacts(), "it"));
    expect(page).toContain('<html lang="it">');
    for (const { id } of book(withContacts()).runbooks) expect(page).toContain(`id="${id}"`);
    expect(page).toContain("Sportello &lt;b>| postazioni");
    expect(page).not.toContain("<b>");
    expect(page.length).toBeLessThan(100_000);
  });
});
