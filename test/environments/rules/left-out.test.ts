import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { REPOSITORY } from "../../../runtime/paths";
import { edited } from "../../fixtures/city-edits";
import type { PathEdit } from "../../fixtures/city-edits";
import { lines } from "../../fixtures/city-files";

const SMALL = readFileSync(join(REPOSITORY, "examples", "small", "environments", "valchiara.yaml"), "utf8");
const VAULT = { address: "https://vault.comune.valchiara.example:8200" };
const UNIT = "OU=Uffici,DC=comune,DC=valchiara,DC=example";
const DIRECTORY = {
  url: "ldaps://dc1.comune.valchiara.example",
  userDn: "OU=P,DC=valchiara",
  groupDn: "OU=G,DC=valchiara",
};

function told(edit: PathEdit): string[] {
  return lines(edited(SMALL, edit)).map((line) => line.replace(/^city\.yaml:\d+:\d+: /, ""));
}

test.each<[what: string, edit: PathEdit, line: string]>([
  ["a Vault", { "platform.+vault": VAULT }, "platform.vault: certificates name machines, and the city has no domain"],
  [
    "a customization",
    { "images.windows-office.+customization": { timeZone: "Europe/Rome", answerFile: "a.xml" } },
    "images.windows-office.customization: a guest is told its domain, and the city has no domain",
  ],
  [
    "an organizational unit",
    { "pools.uffici.+organizationalUnit": UNIT },
    "pools[name=uffici].organizationalUnit: it is in a domain, and the city has no domain",
  ],
])("%s asks for the city's domain", (_, edit, line) => {
  expect(told(edit)).toContainEqual(expect.stringContaining(line));
  const named = told({ "city.+domain": "comune.valchiara.example", ...edit });
  expect(named.filter((one) => one.includes("domain"))).toEqual([]);
});

test("an organizational unit is right in the domain of the directory's people", () => {
  const directory = { ...DIRECTORY, userDomain: "comune.valchiara.example" };
  expect(told({ "pools.uffici.+organizationalUnit": UNIT, "+secrets": { directory } })).toEqual([]);
});

test("a segment without a pool says its zone, one with a pool is for desktops", () => {
  const servers = { name: "servers", vlan: 120, subnet: "10.40.1.0/24" };
  expect(told({ "network.segments.+": servers })).toEqual([
    expect.stringMatching(
      /^network\.segments\[name=servers\]: neither zone nor a pool is there; .*write zone: services/,
    ),
  ]);
  expect(told({ "network.segments.+": { ...servers, zone: "services" } })).toEqual([]);
  expect(told({ "network.segments.+": servers, "pools.uffici.segment": "servers" })).toEqual([
    expect.stringContaining("network.segments[name=desktops]: neither zone nor a pool is there"),
  ]);
});

test("where a pool's segment is misnamed, that is all that is said, with the name that is meant", () => {
  expect(told({ "pools.uffici.segment": "desktop" })).toEqual([
    'pools[name=uffici].segment: "desktop" names no segment for machines; allowed: "desktops"; repair: write "desktops"',
  ]);
});

test("a directorate has no id of a pool without one, whose folders are beside each other", () => {
  const directorates = [{ id: "uffici", name: "Uffici", staff: 40 }];
  expect(told({ "+directorates": directorates })).toEqual([
    expect.stringMatching(/^directorates\[name=Uffici\]\.id: "uffici" is a pool's folder/),
  ]);
  expect(told({ "+directorates": directorates, "pools.uffici.+directorate": "uffici" })).toEqual([]);
});

test("a workstation has its image's system disk, and an unknown image is all that is said of it", () => {
  expect(told({ "workstations.office.image": "linux" })).toEqual([
    expect.stringContaining('workstations.office.image: "linux" names no image'),
  ]);
});
