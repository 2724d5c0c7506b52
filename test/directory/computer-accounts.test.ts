import { describe, expect, test } from "@jest/globals";
import { disableAccounts, removeAccounts, surplusAccounts } from "../../directory/computer-accounts";
import type { Directory } from "../../directory/computer-accounts";
import { domainPlan } from "../../directory/domain-plan";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";
import { withEmergencies } from "../../environments/seats/hosting";

const UNIT = "OU=Anagrafe,OU=Postazioni,DC=comune,DC=milano,DC=example";
const RECORD =
  "DC=mi-ana-0002,DC=comune.milano.example,CN=MicrosoftDNS,DC=DomainDnsZones,DC=comune,DC=milano,DC=example";

function plan() {
  const edit = { "pools.anagrafe.+organizationalUnit": UNIT, "pools.anagrafe.+retired": [2, 3] };
  const { cities, violations } = load({
    "milan.yaml": edited(MILAN, edit),
    "milan.assignments.csv": "seat,staff,directorate,from,to\n",
  });
  expect(violations).toEqual([]);
  const [city] = withEmergencies(cities);
  if (city === undefined) throw new Error("no city");
  return domainPlan(city);
}

/** A directory with computers in the unit, as `[name, userAccountControl]`, and what was done to it. */
function directoryOf(computers: readonly (readonly [string, number])[], changed: Partial<Directory> = {}) {
  const done: string[] = [];
  const directory: Directory = {
    search: (base, filter) => {
      if (base === UNIT) {
        return Promise.resolve(
          computers.map(([cn, control]) => ({
            dn: `CN=${cn},${UNIT}`,
            values: { cn, userAccountControl: String(control) },
          })),
        );
      }
      if (!base.includes("DC=DomainDnsZones")) return Promise.resolve(undefined);
      return Promise.resolve(filter.includes("(name=mi-ana-0002)") ? [{ dn: RECORD, values: {} }] : []);
    },
    replace: (dn, attribute, value) => Promise.resolve(void done.push(`${dn} ${attribute}=${value}`)),
    delete: (dn) => Promise.resolve(void done.push(`delete ${dn}`)),
    ...changed,
  };
  return { directory, done };
}

const { signal } = new AbortController();

describe("the computers of seats without a machine", () => {
  test("are retired seats', and neither others' nor those of seats that are there", async () => {
    const others = ["MI-ANA-0001", "srv-files-01", "mi-ana-00021", "ct-ana-0002", "mi-ana-0002-x"];
    const computers = [...others, "MI-ANA-0003", "mi-ana-0002"].map((name) => [name, 4096] as const);
    const found = await surplusAccounts(plan(), directoryOf(computers).directory);
    expect(found).toEqual([
      { seat: "mi-ana-0002", dn: `CN=mi-ana-0002,${UNIT}`, control: 4096, enabled: true, records: [RECORD] },
      { seat: "mi-ana-0003", dn: `CN=MI-ANA-0003,${UNIT}`, control: 4096, enabled: true, records: [] },
    ]);
  });

  test("are disabled with their other flags kept, and are no names any more", async () => {
    const { directory, done } = directoryOf([
      ["mi-ana-0002", 69_632],
      ["mi-ana-0003", 4098],
    ]);
    const outcomes = await disableAccounts(await surplusAccounts(plan(), directory), directory, signal);
    expect(outcomes.map(({ result }) => result)).toEqual(["disabled", "disabled"]);
    expect(done).toEqual([`CN=mi-ana-0002,${UNIT} userAccountControl=69634`, `delete ${RECORD}`]);
  });

  test("are removed only once they are disabled; one that is refused stops no other", async () => {
    const { directory, done } = directoryOf([
      ["mi-ana-0002", 4096],
      ["mi-ana-0003", 4098],
    ]);
    const accounts = await surplusAccounts(plan(), directory);
    expect(await removeAccounts(accounts, directory, signal)).toMatchObject([
      { result: "enabled" },
      { result: "removed" },
    ]);
    expect(done).toEqual([`delete CN=mi-ana-0003,${UNIT}`]);
    const refusing = { ...directory, replace: () => Promise.reject(new Error("no right")) };
    expect(await disableAccounts(accounts, refusing, signal)).toEqual([
      { seat: "mi-ana-0002", result: "failed", reason: "no right" },
      { seat: "mi-ana-0003", result: "disabled", reason: "" },
    ]);
  });
});
