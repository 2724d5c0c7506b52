import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { ByHand } from "../lab/by-hand";
import { TestLab } from "../lab/test-lab";
import { typedInLab } from "../lab/typed-command";
import type { Snapshot } from "../lab/vcenter-snapshot";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const [FOUNDATION, NETWORK, GATEWAY] = ["milan-foundation", "milan-network", "milan-gateway-a"] as const;
const FOLDER = "milan/gateway-a";
/** The lab's own provider 1.26.0 restarts a machine whose guestinfo it writes, as after an import. */
const RESTARTS = process.env.POSTAZIONI_TEST_PROVIDERS === undefined;
/** Of the two clusters, the first. */
const POOL = "Milano/host/milano-vdi-a/Resources";

jest.setTimeout(15 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  await lab.deploy([FOUNDATION, NETWORK]);
}, 20 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

async function machines(): Promise<Snapshot["virtualMachines"]> {
  return (await lab.snapshot("milan")).virtualMachines.filter(({ name }) => name === GATEWAY);
}

/** `recover milan` as an operator types it. @returns its exit code and its lines on the gateway */
async function recover(...options: string[]): Promise<{ code: number | null; machines: string[] }> {
  const { code, stdout } = await typedInLab(lab, "recover", ["milan", ...options]);
  return { code, machines: stdout.split("\n").filter((one) => one.includes(GATEWAY)) };
}

function line(done: string): string {
  return `${GATEWAY}: ${FOLDER}/${GATEWAY}: ${done}`;
}

test("a gateway's clone that its deployment did not live to see is told by preview and recover, and removed", async () => {
  const hand = await ByHand.logIn(lab.session, "milan");
  await hand.clone("Milano/vm/debian-12-gateway", GATEWAY, { folder: `Milano/vm/${FOLDER}`, pool: POOL });
  hand.close();
  const unfinished = "an unfinished clone, which was never started";
  const { code, stdout } = await typedInLab(lab, "preview", ["milan"]);
  const told = `1 machine of its names in no state: ${FOLDER}/${GATEWAY}: ${unfinished}`;
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(told) });
  expect(await recover()).toEqual({ code: 1, machines: [line(unfinished)] });
  expect(await recover("--repair")).toEqual({ code: 0, machines: [line("removed")] });
  expect(await machines()).toEqual([]);
});

test("a gateway that forwards, and whose state was lost, is adopted with what its cluster has for it", async () => {
  await lab.deploy([GATEWAY]);
  const [before] = await machines();
  rmSync(join(lab.session.paths.state, `${GATEWAY}.tfstate`));
  const overrides = ["drs", "ha"].map((kind) =>
    expect.stringMatching(`^${GATEWAY}: vsphere_${kind}_vm_override\\..*: adopted$`),
  );
  expect(await recover("--repair")).toEqual({ code: 0, machines: [line("adopted"), ...overrides] });
  await lab.deploy([GATEWAY]);
  const [after] = await machines();
  expect(after?.instanceUuid).toBe(before?.instanceUuid);
  expect(after?.bootTime === before?.bootTime).toBe(!RESTARTS);
  expect(await lab.session.plan([GATEWAY])).toMatchObject([{ result: "unchanged" }]);
});

test("a gateway that somebody deleted is made anew, once what its cluster had for it is forgotten", async () => {
  const hand = await ByHand.logIn(lab.session, "milan");
  await hand.call("PowerOffVM_Task", "VirtualMachine", `Milano/vm/${FOLDER}/${GATEWAY}`);
  await hand.call("Destroy_Task", "VirtualMachine", `Milano/vm/${FOLDER}/${GATEWAY}`);
  hand.close();
  const overrides = (done: string) =>
    ["drs", "ha"].map((kind) => expect.stringMatching(`^${GATEWAY}: vsphere_${kind}_vm_override\\..*: ${done}$`));
  const { code, machines: listed } = await recover();
  expect({ code, listed }).toEqual({ code: 1, listed: expect.arrayContaining(overrides("gone")) });
  expect(await recover("--repair")).toEqual({ code: 0, machines: overrides("forgotten") });
  await lab.deploy([GATEWAY]);
  expect(await machines()).toMatchObject([{ powerState: "poweredOn" }]);
  expect(await lab.session.plan([GATEWAY])).toMatchObject([{ result: "unchanged" }]);
});
