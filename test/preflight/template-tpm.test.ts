import { expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import type { Compared } from "../../preflight/check";
import { templates } from "../../preflight/machines";
import type { FoundMachine } from "../../vcenter/machine";
import { deployedSample } from "../fixtures/deployed";

/** The sample's templates, as its file says them, with a virtual TPM. */
function found(city: DeployedCity): FoundMachine[] {
  const names = Object.values(city.images).flatMap(({ versions, guestId, firmware, diskGib }) =>
    Object.values(versions).map(({ template }) => ({ name: template, guestId, firmware, diskGib })),
  );
  const seen = {
    datacenter: city.platform.vsphere.datacenter,
    isTemplate: true,
    hasTpm: true,
    hasSnapshot: false,
    snapshots: [],
    datastore: "vsan-a",
    isThin: true,
    hasHostCdrom: false,
    adapters: 1,
  };
  return names.map((named) => ({ ...named, ...seen, path: named.name, hasTools: true }));
}

function findings(tpm: boolean): string[] {
  const sample = deployedSample();
  const workstations = Object.fromEntries(
    Object.entries(sample.workstations).map(([name, workstation]) => [name, { ...workstation, tpm }]),
  );
  const city = { ...sample, workstations };
  const inventory = { machines: found(city) };
  return [...templates({ city, inventory } as unknown as Compared)].map(({ message }) => message);
}

test("a template with a TPM that its workstations do not declare is said: the provider takes it from each clone", () => {
  const tpm = expect.stringMatching(/has a virtual TPM, which vSphere's provider takes from each machine of /);
  expect(findings(false)).toContainEqual(tpm);
  expect(findings(true)).not.toContainEqual(tpm);
});
