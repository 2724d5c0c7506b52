import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-files";
import { milanWith } from "../../fixtures/city-files";

const ROOM = "seats: 10\n";

describe("retired-seats", () => {
  test("refuses a number that was never issued and one that is listed twice", () => {
    expect(milanWith([ROOM, `${ROOM}    retired: [3, 11, 3]\n`])).toEqual([
      "pools[name=sala-operativa].retired[1]: the number 11 is more than the pool's 10 seats; " +
        "allowed: a retired seat's number was issued, and is listed once; repair: take the number out or correct it",
      "pools[name=sala-operativa].retired[2]: the number 3 is there already; allowed: a retired " +
        "seat's number was issued, and is listed once; repair: take the number out or correct it",
    ]);
  });

  test("lets the highest number be retired", () => {
    expect(milanWith([ROOM, `${ROOM}    retired: [10, 1]\n`])).toEqual([]);
  });
});

describe("a pool without seats", () => {
  test("may be, since that is what decommissioning is", () => {
    expect(milanWith(["seats: 620", "seats: 2\n    retired: [2, 1]"])).toEqual([]);
    expect(milanWith(["seats: 620", "seats: 620\n    decommissioned: true"])).toEqual([]);
    expect(milanWith([ROOM, `${ROOM}    decommissioned: true\n`])).toEqual([]);
  });
});

describe("disk-fits-image", () => {
  test("refuses a disk smaller than the template's", () => {
    expect(milanWith(["diskGib: 80", "diskGib: 63"])).toEqual([
      'workstations.office.diskGib: 63 GiB is less than the 64 GiB of the image "windows-office"; ' +
        "allowed: a workstation's diskGib is at least its image's; repair: write 64 or more",
    ]);
  });

  test("lets it be as large", () => {
    expect(milanWith(["diskGib: 80", "diskGib: 64"])).toEqual([]);
  });
});

describe("secure-boot-firmware", () => {
  const bios: Edit = ["guestId: ubuntu64Guest", "guestId: ubuntu64Guest\n    firmware: bios"];

  test("refuses secure boot, which is on by default, with BIOS", () => {
    expect(milanWith(bios)).toEqual([
      'workstations.light.secureBoot: secure boot is on, and the image "linux-light" boots with bios; ' +
        "allowed: secureBoot needs an image with the firmware efi; repair: write secureBoot: false, or use an image " +
        "with the firmware efi",
    ]);
  });

  test("lets BIOS be where secure boot is off", () => {
    expect(milanWith(bios, ["light: { image", "light: { secureBoot: false, image"])).toEqual([]);
  });
});

describe("anti-affinity-hosts", () => {
  test("refuses as many seats as hosts: none could go into maintenance", () => {
    expect(milanWith([ROOM, "seats: 12\n"])).toEqual([
      "pools[name=sala-operativa].antiAffinity: antiAffinity is on, with a seat count of 12 and a " +
        "host count of 12; allowed: a pool with antiAffinity has 2 seats or more, and fewer than hosts that it may " +
        "run on; repair: retire seats, add hosts, or write antiAffinity: false",
    ]);
  });

  test("lets one host be free", () => {
    expect(milanWith([ROOM, "seats: 11\n"])).toEqual([]);
    expect(milanWith([ROOM, "seats: 12\n    retired: [5]\n"])).toEqual([]);
  });

  test("counts the hosts of the host group where there is one", () => {
    const bound: Edit = ["antiAffinity: true", "antiAffinity: true\n    hostGroup: gpu"];
    expect(milanWith(bound)).toEqual([expect.stringContaining("a seat count of 10 and a host count of 4")]);
    expect(milanWith(bound, [ROOM, "seats: 4\n"])).toEqual([
      expect.stringContaining("a seat count of 4 and a host count of 4"),
    ]);
    expect(milanWith(bound, [ROOM, "seats: 3\n"])).toEqual([]);
  });

  test("refuses a single seat, which there is nothing to keep apart from", () => {
    expect(milanWith([ROOM, "seats: 1\n"])).toEqual([expect.stringContaining("a seat count of 1 and")]);
  });
});

describe("anti-affinity-one-stack", () => {
  const numbers = (count: number): string => Array.from({ length: count }, (_, index) => index + 1).join(", ");

  test("refuses a pool whose seats are in two stacks", () => {
    expect(milanWith([ROOM, `seats: 255\n    retired: [${numbers(245)}]\n`])).toEqual([
      "pools[name=sala-operativa].antiAffinity: antiAffinity is on, and the seats are in 2 stacks; " +
        "allowed: the seats of a pool with antiAffinity are all in one stack; repair: retire the seats of all stacks " +
        "but one, or write antiAffinity: false",
    ]);
  });

  test("counts no stack whose seats are all retired", () => {
    expect(milanWith([ROOM, `seats: 255\n    retired: [${numbers(250)}]\n`])).toEqual([]);
  });
});

describe("funding-order", () => {
  test("refuses an amount larger than the one before, over a gap", () => {
    expect(milanWith(["admitted: 6382308.62, binding: 6382308.62, paid: 4754716.88", "paid: 6382308.63"])).toEqual([
      "project.funding.paid: paid is 6382308.63, more than programmed, which is 6382308.62; allowed: " +
        "paid is at most binding, binding at most admitted, admitted at most programmed; repair: correct the amount",
    ]);
  });
});

describe("dedicated-seats-staff", () => {
  test("refuses more dedicated seats of a directorate than people", () => {
    expect(milanWith(["staff: 3050", "staff: 2809"])).toEqual([
      "directorates[id=polizia-locale].staff: 2809 people have 2810 dedicated seats; allowed: a " +
        "directorate has no more dedicated seats than staff; repair: correct staff, or retire seats of the " +
        "directorate's dedicated pools",
    ]);
  });

  test("counts no seats of a decommissioned pool", () => {
    const gone: Edit = ["seats: 2800\n", "seats: 2800\n    decommissioned: true\n"];
    expect(milanWith(gone, ["staff: 3050", "staff: 10"])).toEqual([]);
  });

  test("counts no floating seats", () => {
    expect(milanWith(["staff: 4350", "staff: 3"], ["staff: 3050", "staff: 2810"])).toEqual([]);
  });
});
