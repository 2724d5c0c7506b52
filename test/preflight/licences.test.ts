import { expect, test } from "@jest/globals";
import { loadDeployed } from "../../environments/deployed";
import { licences } from "../../preflight/licences";
import { licencesOf } from "../../vcenter/licences";
import { ManagedObject } from "../../vcenter/managed-object";
import { parseXml } from "../../vcenter/xml";
import { CITIES } from "../fixtures/city-files";

const milan = loadDeployed(CITIES, undefined).find(({ deployed }) => deployed.city.id === "milan")?.deployed;
const HOSTS = milan?.platform.clusters.flatMap(({ hosts }) => hosts) ?? [];
const ENTERPRISE_PLUS = [
  { key: "vsmp:128", name: "Virtual SMP" },
  { key: "drs", name: "vSphere DRS" },
  { key: "dvs", name: "vSphere Distributed Switch" },
];

interface Given {
  /** Number of the host in the file; none for vCenter's own. */
  readonly host?: number;
  readonly edition?: string;
  readonly features?: readonly { readonly key: string; readonly name: string }[];
  readonly expires?: string;
}

/** A LicenseAssignment as vCenter answers QueryAssignedLicenses. */
function assignment({ host, edition = "esx.plus", features = ENTERPRISE_PLUS, expires }: Given): string {
  const property = (key: string, type: string, value: string): string =>
    `<properties><key>${key}</key><value xsi:type="${type}">${value}</value></properties>`;
  const date = expires === undefined ? "" : property("expirationDate", "xsd:dateTime", expires);
  const all = features.map(({ key, name }) =>
    property("feature", "KeyValue", `<key>${key}</key><value>${name}</value>`),
  );
  const entity = host === undefined ? "c0ffee" : `host-${String(host)}`;
  return `<returnval><entityId>${entity}</entityId>${host === undefined ? "" : "<scope>c0ffee</scope>"}<assignedLicense><licenseKey>AAAAA-BBBBB</licenseKey><editionKey>${edition}</editionKey><name>vSphere 8 ${edition}</name>${date}${all.join("")}</assignedLicense></returnval>`;
}

function found(...given: readonly Given[]): string[] {
  if (milan === undefined) throw new Error("Milan is gone");
  const objects = HOSTS.map((name, index) =>
    ManagedObject.of(
      parseXml(
        `<c><obj type="HostSystem">host-${String(index)}</obj><propSet><name>name</name><val>${name}</val></propSet></c>`,
      ),
    ),
  );
  const answer = parseXml(`<a xmlns:xsi="x">${given.map(assignment).join("")}</a>`).children;
  const now = new Date("2026-12-01T00:00:00Z");
  return [...licences(milan, { now, licences: licencesOf(answer, objects) })].map(
    ({ weight, path, message }) => `${weight}: ${path.join(".")}: ${message}`,
  );
}

test("licences that go on and have the distributed switch and DRS are no finding, nor are those of other products", () => {
  const nsx = assignment({ host: 9999, features: [] });
  expect(nsx).toContain("host-9999");
  expect(found({ host: 0 }, { expires: "2030-01-01T00:00:00Z" }, { host: 9999, features: [] })).toEqual([]);
});

test("a licence that ended, ends soon, is an evaluation, or lacks what a city needs is told with its hosts", () => {
  const standard = [{ key: "das", name: "vSphere HA" }];
  expect(
    found(
      { expires: "2026-11-30T00:00:00Z" },
      { host: 0, edition: "standard", features: standard },
      { host: 1, edition: "standard", features: standard },
      { host: 2, expires: "2026-12-20T00:00:00Z" },
      { host: 3, edition: "eval", features: [] },
    ),
  ).toEqual([
    'wrong: platform.vsphere.server: the licence "vSphere 8 esx.plus" of vCenter ended on 2026-11-30',
    `wrong: network.switch.name: the licence "vSphere 8 standard" of 2 hosts ("${String(HOSTS[0])}", "${String(HOSTS[1])}") is without vSphere Distributed Switch`,
    `wrong: platform.clusters: the licence "vSphere 8 standard" of 2 hosts ("${String(HOSTS[0])}", "${String(HOSTS[1])}") is without vSphere DRS`,
    `question: platform.clusters: the licence "vSphere 8 esx.plus" of 1 host ("${String(HOSTS[2])}") ends on 2026-12-20`,
    `question: platform.clusters: the licence "vSphere 8 eval" of 1 host ("${String(HOSTS[3])}") is an evaluation`,
  ]);
});

test("a licence whose features vCenter does not tell says nothing of them, and no licence key is read", () => {
  expect(found({ host: 0, features: [] })).toEqual([]);
  expect(JSON.stringify(licencesOf(parseXml(`<a>${assignment({})}</a>`).children, []))).not.toContain("AAAAA");
});
