import { describe, expect, test } from "@jest/globals";
import { disks, hardware, hardwareFailures, ignoredAttributes } from "../../../constructs/desktops/desktop-hardware";
import type { DesktopHardwareProps } from "../../../constructs/desktops/desktop-hardware";

const PROPS: DesktopHardwareProps = { firmware: "efi", secureBoot: true, cpus: 4, memoryGib: 8, diskGib: 80 };
const SYSTEM = { label: "disk0", size: 80, unitNumber: 0, thinProvisioned: true };

describe("a desktop's hardware", () => {
  test("has all CPUs in one socket, and memory and its reservation in MiB", () => {
    expect(hardware({ ...PROPS, memoryReservationGib: 6 })).toEqual({
      ...{ numCpus: 4, numCoresPerSocket: 4, memory: 8192, memoryReservation: 6144 },
      ...{ firmware: "efi", efiSecureBootEnabled: true },
    });
  });

  test("reserves nothing unless told, so that a reservation that was taken out is given back", () => {
    expect(hardware(PROPS).memoryReservation).toBe(0);
  });

  test("has a virtual TPM, video memory in bytes and a storage policy where they are asked for", () => {
    const more = { tpm: true, keyProvider: "nkp", videoMemoryMib: 128, storagePolicyId: "policy-1" };
    expect(hardware({ ...PROPS, ...more })).toMatchObject({
      vtpm: { version: "2.0" },
      extraConfig: { "svga.autodetect": "FALSE", "svga.vramSize": "134217728" },
      storagePolicyId: "policy-1",
    });
  });
});

describe("a desktop's disks", () => {
  test("are the system's alone, unless a data disk is asked for", () => {
    expect(disks(PROPS)).toEqual([SYSTEM]);
  });

  test("have the data disk after it", () => {
    const data = { label: "disk1", size: 40, unitNumber: 1, thinProvisioned: true };
    expect(disks({ ...PROPS, dataDiskGib: 40 })).toEqual([SYSTEM, data]);
  });

  test("all have the storage policy", () => {
    const all = disks({ ...PROPS, dataDiskGib: 40, storagePolicyId: "policy-1" });
    expect(all).toMatchObject([{ storagePolicyId: "policy-1" }, { storagePolicyId: "policy-1" }]);
  });
});

describe("what a machine keeps as it was made with", () => {
  test("is its TPM too, where vCenter has a key provider: providers that know none are not told of it", () => {
    expect(ignoredAttributes(PROPS)).not.toContain("vtpm");
    expect(ignoredAttributes({ ...PROPS, keyProvider: "nkp" })).toContain("vtpm");
  });

  test("keeps the virtualization-based security that nobody asked for, where the provider knows it", () => {
    const flags = ["vbs_enabled", "vvtd_enabled"];
    expect(ignoredAttributes({ ...PROPS, knowsVbs: true })).toEqual(expect.arrayContaining(flags));
    expect(ignoredAttributes(PROPS)).toEqual(expect.not.arrayContaining(flags));
  });

  test("are its disks, as many as a machine that was made by hand may have", () => {
    const labels = ["disk[0].label", "disk[1].label", "disk[2].label", "disk[3].label"];
    expect(ignoredAttributes(PROPS)).toEqual(expect.arrayContaining(labels));
  });
});

describe("impossible hardware", () => {
  test("is told all at once", () => {
    expect(hardwareFailures({ ...PROPS, firmware: "bios", tpm: true, vbs: true, memoryReservationGib: 9 })).toEqual([
      "secure boot needs EFI firmware",
      "virtualization-based security needs EFI firmware",
      "a virtual TPM needs EFI firmware",
      "a virtual TPM needs a key provider",
      "more memory is reserved than there is",
    ]);
  });

  test("is none where all memory is reserved and a key provider is named", () => {
    expect(hardwareFailures({ ...PROPS, tpm: true, keyProvider: "nkp", memoryReservationGib: 8 })).toEqual([]);
  });
});
