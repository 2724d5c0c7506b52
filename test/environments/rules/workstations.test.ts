import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { imageMinimum } from "../../../environments/rules/workstations/image-minimum";
import { machineFitsHost } from "../../../environments/rules/workstations/machine-fits-host";
import { memoryReservation } from "../../../environments/rules/workstations/memory-reservation";
import type { CityRule } from "../../../environments/rules/rule";
import type { DeclaredCity } from "../../../environments/model/city";
import type { Workstation } from "../../../environments/model/workstation";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";
import { sampleCity } from "../../fixtures/sample-city";
import { sizedCity } from "../../fixtures/sized-city";

const SIZE = fc.integer({ min: 1, max: 128 });

/** How many places of the sample, whose workstation office is changed, break a rule. */
function broken(rule: CityRule, office: Partial<Workstation>, city: DeclaredCity = sampleCity()): number {
  const { office: usual, ...others } = city.workstations;
  if (usual === undefined) throw new Error("the sample has no office");
  return Array.from(rule.check({ ...city, workstations: { ...others, office: { ...usual, ...office } } })).length;
}

function onlyOffice(city: DeclaredCity): DeclaredCity {
  const { office } = city.workstations;
  return { ...city, workstations: office === undefined ? {} : { office } };
}

describe("memory-reservation", () => {
  test("refuses more memory reserved than there is", () => {
    expect(milanWith({ "workstations.cad.memoryReservationGib": 25 })).toEqual([
      "workstations.cad.memoryReservationGib: 25 GiB is more than the 24 GiB of its memory; allowed: a workstation's " +
        "memoryReservationGib is at most its memoryGib; repair: lower memoryReservationGib, or raise memoryGib",
    ]);
  });

  test("holds for every size just where no more is reserved than there is", () => {
    fc.assert(
      fc.property(SIZE, fc.nat(128), (memoryGib, memoryReservationGib) => {
        const refused = memoryReservationGib > memoryGib ? 1 : 0;
        expect(broken(memoryReservation, { memoryGib, memoryReservationGib })).toBe(refused);
      }),
    );
  });
});

describe("a virtual TPM", () => {
  const tpm: Edit = { "workstations.light.+tpm": true };
  const provider: Edit = { "platform.vsphere.+keyProvider": "nkp-milano" };

  test("is refused by tpm-key-provider where no key provider is named", () => {
    expect(milanWith(tpm)).toEqual([
      "workstations.light.tpm: a virtual TPM is asked for, and no key provider is named; allowed: tpm needs " +
        "platform.vsphere.keyProvider; repair: have a key provider in vCenter and write its name in " +
        "platform.vsphere.keyProvider, or take tpm out",
    ]);
    expect(milanWith(tpm, provider)).toEqual([]);
  });

  test("is refused by tpm-firmware with BIOS", () => {
    const bios: Edit = { "images.linux-light.+firmware": "bios" };
    expect(
      milanWith({ "workstations.light.+tpm": true, "workstations.light.+secureBoot": false }, provider, bios),
    ).toEqual([
      'workstations.light.tpm: a virtual TPM is asked for, and the image "linux-light" boots with bios; allowed: tpm ' +
        "needs an image with the firmware efi; repair: take tpm out, or use an image with the firmware efi",
    ]);
  });
});

describe("virtualization-based security", () => {
  const vbs: Edit = { "workstations.light.+vbs": true };

  test("is refused by vbs-secure-boot without secure boot, and by vbs-firmware with BIOS", () => {
    expect(milanWith(vbs)).toEqual([]);
    const unsafe = { ...vbs, "workstations.light.+secureBoot": false };
    expect(milanWith(unsafe)).toEqual([
      expect.stringMatching(/^workstations\.light\.vbs: .*secure boot off; allowed: vbs needs secureBoot; repair: /),
    ]);
    expect(milanWith(unsafe, { "images.linux-light.+firmware": "bios" }).join()).toContain(
      'virtualization-based security is on, and the image "linux-light" boots with bios',
    );
  });
});

describe("image-minimum", () => {
  const minimum: Edit = { "images.linux-light.+minimum": { cpus: 3, memoryGib: 5 } };

  test("refuses a workstation that has less than its image's system needs", () => {
    expect(milanWith(minimum)).toEqual([
      'workstations.light.cpus: 2 is less than the 3 of the image "linux-light"; allowed: a workstation has at least the ' +
        "cpus and the memoryGib of its image's minimum; repair: write 3 or more",
      'workstations.light.memoryGib: 4 is less than the 5 of the image "linux-light"; allowed: a workstation has at ' +
        "least the cpus and the memoryGib of its image's minimum; repair: write 5 or more",
    ]);
  });

  test("holds for every size just where each is enough", () => {
    fc.assert(
      fc.property(SIZE, SIZE, SIZE, SIZE, (cpus, memoryGib, leastCpus, leastMemory) => {
        const city = sampleCity();
        for (const image of Object.values(city.images)) image.minimum = { cpus: leastCpus, memoryGib: leastMemory };
        const refused = (cpus < leastCpus ? 1 : 0) + (memoryGib < leastMemory ? 1 : 0);
        expect(broken(imageMinimum, { cpus, memoryGib }, onlyOffice(city))).toBe(refused);
      }),
    );
  });

  test("asks nothing where the image says none", () => {
    expect(broken(imageMinimum, { cpus: 1, memoryGib: 1 })).toBe(0);
  });
});

describe("machine-fits-host", () => {
  test("refuses a workstation that no single host can run, at each pool that has it", () => {
    const huge: Edit = { "workstations.cad.cpus": 128, "workstations.cad.memoryGib": 1024 };
    const small: Edit = {
      "platform.clusters.milano-vdi-a.hostCores": 127,
      "platform.clusters.milano-vdi-a.hostMemoryGib": 1023,
    };
    const lines = milanWith(huge, small).filter((line) => line.includes("of a host of"));
    expect(lines).toEqual([
      'pools[name=tecnica].cluster: "cad" has 128 virtual CPUs, more than the 127 cores of a host of "milano-vdi-a"; ' +
        "allowed: a workstation has at most the hostCores and the hostMemoryGib of each cluster that it runs in; repair: " +
        "make the workstation smaller, or move the pool to a cluster with larger hosts",
      expect.stringContaining(
        '"cad" has 1024 GiB of memory, more than the 1023 GiB of a host of "milano-vdi-a"; allowed',
      ),
    ]);
  });

  test("looks at the cluster of an emergency's seats too, where it is another", () => {
    const city = sizedCity({ cluster: { hostCores: 64 } });
    const clusters = city.platform.clusters.map((one) => ({ ...one, hostCores: one.name === "vdi-a" ? 64 : 1 }));
    const surge = [{ pool: "anagrafe", code: "anx", seats: 2, cluster: "vdi-b" }];
    const other = { ...city, platform: { ...city.platform, clusters }, emergency: { ...city.emergency, surge } };
    expect(Array.from(machineFitsHost.check(other), ({ path }) => path)).toEqual([
      ["emergency", "surge", 0, "cluster"],
    ]);
  });

  test("holds for every size just where the host has as much", () => {
    fc.assert(
      fc.property(SIZE, SIZE, SIZE, SIZE, (cpus, memoryGib, hostCores, hostMemoryGib) => {
        const refused = (cpus > hostCores ? 1 : 0) + (memoryGib > hostMemoryGib ? 1 : 0);
        const city = sizedCity({ seats: 1, cluster: { hostCores, hostMemoryGib } });
        expect(broken(machineFitsHost, { cpus, memoryGib }, city)).toBe(refused);
      }),
    );
  });

  test("asks nothing where the cluster does not say its hosts' size", () => {
    expect(broken(machineFitsHost, { cpus: 128, memoryGib: 1024 })).toBe(0);
  });
});
