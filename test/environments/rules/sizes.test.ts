import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

describe("retired-seats", () => {
  test("refuses a number that was never issued and one that is listed twice", () => {
    expect(milanWith({ "pools.sala-operativa.+retired": [3, 11, 3] })).toEqual([
      "pools[name=sala-operativa].retired[1]: the number 11 is more than the pool's 10 seats; " +
        "allowed: a retired seat's number was issued, and is listed once; repair: take the number out or correct it",
      "pools[name=sala-operativa].retired[2]: the number 3 is there already; allowed: a retired " +
        "seat's number was issued, and is listed once; repair: take the number out or correct it",
    ]);
  });

  test("lets the highest number be retired", () => {
    expect(milanWith({ "pools.sala-operativa.+retired": [10, 1] })).toEqual([]);
  });
});

describe("a pool without seats", () => {
  test("may be, since that is what decommissioning is", () => {
    expect(milanWith({ "pools.tecnica.seats": 2, "pools.tecnica.+retired": [2, 1] })).toEqual([]);
    expect(milanWith({ "pools.tecnica.+decommissioned": true })).toEqual([]);
    expect(milanWith({ "pools.sala-operativa.+decommissioned": true })).toEqual([]);
  });
});

describe("disk-fits-image", () => {
  test("refuses a disk smaller than the template's", () => {
    expect(milanWith({ "workstations.office.diskGib": 63 })).toEqual([
      'workstations.office.diskGib: 63 GiB is less than the 64 GiB of the image "windows-office"; ' +
        "allowed: a workstation's diskGib is at least its image's; repair: write 64 or more",
    ]);
  });

  test("lets it be as large", () => {
    expect(milanWith({ "workstations.office.diskGib": 64 })).toEqual([]);
  });
});

describe("secure-boot-firmware", () => {
  const bios: Edit = { "images.linux-light.+firmware": "bios" };

  test("refuses secure boot, which is on by default, with BIOS", () => {
    expect(milanWith(bios)).toEqual([
      'workstations.light.secureBoot: secure boot is on, and the image "linux-light" boots with bios; ' +
        "allowed: secureBoot needs an image with the firmware efi; repair: write secureBoot: false, or use an image " +
        "with the firmware efi",
    ]);
  });

  test("lets BIOS be where secure boot is off", () => {
    expect(milanWith(bios, { "workstations.light.+secureBoot": false })).toEqual([]);
  });
});

describe("anti-affinity-hosts", () => {
  test("refuses as many seats as hosts: none could go into maintenance", () => {
    expect(milanWith({ "pools.sala-operativa.seats": 12 })).toEqual([
      "pools[name=sala-operativa].antiAffinity: antiAffinity is on, with a seat count of 12 and a " +
        "host count of 12; allowed: a pool with antiAffinity has 2 seats or more, and fewer than hosts that it may " +
        "run on; repair: retire seats, add hosts, or write antiAffinity: false",
    ]);
  });

  test("lets one host be free", () => {
    expect(milanWith({ "pools.sala-operativa.seats": 11 })).toEqual([]);
    expect(milanWith({ "pools.sala-operativa.seats": 12, "pools.sala-operativa.+retired": [5] })).toEqual([]);
  });

  test("counts the hosts of the host group where there is one", () => {
    const bound: Edit = { "pools.sala-operativa.+hostGroup": "gpu" };
    expect(milanWith(bound)).toEqual([expect.stringContaining("a seat count of 10 and a host count of 4")]);
    expect(milanWith(bound, { "pools.sala-operativa.seats": 4 })).toEqual([
      expect.stringContaining("a seat count of 4 and a host count of 4"),
    ]);
    expect(milanWith(bound, { "pools.sala-operativa.seats": 3 })).toEqual([]);
  });

  test("refuses a single seat, which there is nothing to keep apart from", () => {
    expect(milanWith({ "pools.sala-operativa.seats": 1 })).toEqual([expect.stringContaining("a seat count of 1 and")]);
  });
});

describe("anti-affinity-one-stack", () => {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

  test("refuses a pool whose seats are in two stacks", () => {
    expect(milanWith({ "pools.sala-operativa.seats": 255, "pools.sala-operativa.+retired": numbers(245) })).toEqual([
      "pools[name=sala-operativa].antiAffinity: antiAffinity is on, and the seats are in 2 stacks; " +
        "allowed: the seats of a pool with antiAffinity are all in one stack; repair: retire the seats of all stacks " +
        "but one, or write antiAffinity: false",
    ]);
  });

  test("counts no stack whose seats are all retired", () => {
    expect(milanWith({ "pools.sala-operativa.seats": 255, "pools.sala-operativa.+retired": numbers(250) })).toEqual([]);
  });
});

describe("funding-order", () => {
  test("refuses an amount larger than the one before, over a gap", () => {
    expect(
      milanWith({
        "project.funding.admitted": undefined,
        "project.funding.binding": undefined,
        "project.funding.paid": 6382308.63,
      }),
    ).toEqual([
      "project.funding.paid: paid is 6382308.63, more than programmed, which is 6382308.62; allowed: " +
        "paid is at most binding, binding at most admitted, admitted at most programmed; repair: correct the amount",
    ]);
  });
});

describe("dedicated-seats-staff", () => {
  test("refuses more dedicated seats of a directorate than people", () => {
    expect(milanWith({ "directorates.polizia-locale.staff": 2809 })).toEqual([
      "directorates[id=polizia-locale].staff: 2809 people have 2810 dedicated seats; allowed: a " +
        "directorate has no more dedicated seats than staff; repair: correct staff, or retire seats of the " +
        "directorate's dedicated pools",
    ]);
  });

  test("counts no seats of a decommissioned pool", () => {
    const gone: Edit = { "pools.polizia-locale.+decommissioned": true };
    expect(milanWith(gone, { "directorates.polizia-locale.staff": 10 })).toEqual([]);
  });

  test("counts no floating seats", () => {
    expect(milanWith({ "directorates.educazione.staff": 3, "directorates.polizia-locale.staff": 2810 })).toEqual([]);
  });
});
