import type { CityRule } from "../rule";

/** VMware, "vSphere Security", "Requirements for vTPM": vCenter encrypts a virtual TPM with keys of a key provider. */
export const tpmKeyProvider: CityRule = {
  id: "tpm-key-provider",
  explanation: "tpm needs platform.vsphere.keyProvider",
  repair: "have a key provider in vCenter and write its name in platform.vsphere.keyProvider, or take tpm out",
  *check({ platform, workstations }) {
    if (platform.vsphere.keyProvider !== undefined) return;
    for (const [key, { tpm }] of Object.entries(workstations)) {
      if (!tpm) continue;
      yield { path: ["workstations", key, "tpm"], message: "a virtual TPM is asked for, and no key provider is named" };
    }
  },
};
