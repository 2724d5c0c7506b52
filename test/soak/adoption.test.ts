import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { planChanges, terraform } from "../lab/plan-changes";
import type { PreviewReport } from "../../preview/report";
import { ByHand } from "../lab/by-hand";
import { TestLab, editCity, withoutPools } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import type { Snapshot } from "../lab/vcenter-snapshot";

const ADOPTED = 10;
const SEATS = 11;
const MINUTE = 60_000;
const STACK = "milan-desktops-anagrafe-01";
const OTHERS = ["educazione", "sala-operativa"];
const OLD = "Smart Working 2020";

type Machine = Snapshot["virtualMachines"][number];

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(SEATS, (environments) => {
    withoutPools(environments, OTHERS);
    editCity(environments, "milan", "code: ana\n", `code: ana\n${adoption(ADOPTED)}`);
  });
  await lab.deploy(["milan-foundation", "milan-network"]);
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

/** A pool's key for so many machines that stand in vCenter, made by hand, before anything is deployed. */
function adoption(count: number): string {
  const entries = numbers(count).map(
    (seat) => `      - { seat: ${String(seat)}, machine: ${OLD}/PC-${String(seat)} }\n`,
  );
  return `    adopt:\n${entries.join("")}`;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function seat(number: number): string {
  return `mi-ana-${String(number).padStart(4, "0")}`;
}

async function planned(): Promise<Record<string, string>> {
  await lab.synth();
  const { changes } = await planChanges(lab.session, STACK);
  return Object.fromEntries(changes.map(({ type, key, actions }) => [key ?? type, actions]));
}

async function machines(): Promise<Machine[]> {
  return (await lab.snapshot("milan")).virtualMachines;
}

/** What a person would miss: the machine itself, its disks with what is on them, and that it runs on. */
function possessions({ instanceUuid, disks, firmware, guestId, powerState, bootTime }: Machine): Partial<Machine> {
  return { instanceUuid, disks, firmware, guestId, powerState, bootTime };
}

/** Gives a machine a virtual TPM past Terraform, or takes it out. */
async function tpmByHand(operation: "add" | "remove", path: string): Promise<void> {
  const device = '<device xsi:type="VirtualTPM"><key>11000</key></device>';
  const change = `<deviceChange><operation>${operation}</operation>${device}</deviceChange>`;
  const hand = await ByHand.logIn(lab.session, "milan");
  await hand.call("ReconfigVM_Task", "VirtualMachine", path, `<spec>${change}</spec>`);
  hand.close();
}

describe("a machine with a virtual TPM that the file does not know", () => {
  test(
    "is not adopted: its stack has no plan to approve, and the reason names its seat",
    async () => {
      const machine = `Milano/vm/${OLD}/PC-3`;
      await tpmByHand("add", machine);
      const { code, stdout, told } = await typedInLab(lab, "preview", ["milan", STACK, "--format", "json"]);
      if (stdout === "") throw new Error(told);
      const { stacks } = JSON.parse(stdout) as PreviewReport;
      const failures = stacks.flatMap(({ stack, failure }) => (failure === null ? [] : [[stack, failure]]));
      expect({ code, failures }).toEqual({
        code: 1,
        failures: [
          [STACK, expect.stringMatching(/remove the virtual TPM of "PC-3".*say tpm: true in the workstation/)],
        ],
      });
      await tpmByHand("remove", machine);
    },
    5 * MINUTE,
  );
});

describe("machines that were made by hand", () => {
  test(
    "are adopted with their disks, running on, by a plan that replaces and destroys nothing",
    async () => {
      const old = (await machines()).filter(({ name }) => name.startsWith("PC-"));
      expect(old).toHaveLength(ADOPTED);
      const adopted = Object.fromEntries(numbers(ADOPTED).map((number) => [seat(number), "update"]));
      expect(await planned()).toEqual({ ...adopted, [seat(SEATS)]: "create" });

      await terraform(lab.session, STACK, ["apply", "-input=false", "-no-color", "plan"]);

      const now = new Map((await machines()).map((machine) => [machine.name, machine]));
      for (const machine of old) {
        const itself = now.get(seat(Number(machine.name.slice("PC-".length))));
        expect(itself?.folder).toBe("/Milano/vm/milan/servizi-civici/anagrafe");
        expect(itself && possessions(itself)).toEqual(possessions(machine));
      }
      expect(await planned()).toEqual({});
    },
    5 * MINUTE,
  );

  test(
    "are seats like any other from then on: the list can go, and a new image leaves them as they are",
    async () => {
      lab.edit("milan", adoption(ADOPTED), "");
      lab.edit("milan", /(name: anagrafe\n[^]*?imageVersion: )"2026\.10"/, '$1"2026.11"');
      expect(await planned()).toEqual({});
    },
    3 * MINUTE,
  );
});

describe("a machine to adopt that is gone", () => {
  test(
    "is named by Terraform, which makes no plan",
    async () => {
      lab.edit("milan", "code: pol\n", `code: pol\n    adopt: [{ seat: 2, machine: ${OLD}/PC-gone }]\n`);
      await lab.synth();
      await expect(planChanges(lab.session, "milan-desktops-polizia-locale-01")).rejects.toThrow(`${OLD}/PC-gone`);
    },
    3 * MINUTE,
  );
});
