import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { deployed } from "../fixtures/deployed";
import { ByHand } from "./by-hand";
import { asGuarded, grant } from "./guarded-login";
import { PrivilegeLog } from "./privilege-log";
import { asMember, triedOnMachine } from "./support-calls";
import { withDuties } from "./support-duties";
import { declaredPrivileges, heldPrivileges } from "./support-privileges";
import { deployHere, destroyHere } from "./terraform-alone";
import { TestLab } from "./test-lab";
import type { Snapshot } from "./vcenter-snapshot";

/** That none of the privileges can be left out is tried in the soak: test/soak/least-power-vsphere.test.ts. */
const MINUTE = 60_000;
jest.setTimeout(15 * MINUTE);

let lab: TestLab;
let log: PrivilegeLog;
let before: Snapshot;

beforeAll(async () => {
  lab = await TestLab.start(1, (environments) => {
    withDuties(environments, ["security", "auditor"]);
  });
  log = new PrivilegeLog(lab.session.paths, "milan");
}, 30 * MINUTE);

afterAll(async () => {
  await lab.stop();
}, MINUTE);

const NAMES = { foundation: "milan-foundation", network: "milan-network", desktops: "milan-desktops-tecnica-01" };
const STACKS = ["foundation", "network", "desktops"] as const;

/** Gives the second login just what one kind of stack needs. */
async function permit(stack: (typeof STACKS)[number]): Promise<void> {
  const needed = cityPrivileges(deployed(lab.city("milan"))).find(({ login }) => login === stack)?.privileges ?? [];
  const ids = needed.map(({ id }) => id);
  await grant(lab.session, "milan", ids);
}

test("Terraform deploys each kind of stack with just its privileges", async () => {
  await grant(lab.session, "milan", []);
  before = await lab.snapshot("milan");
  const session = asGuarded(lab.session);
  for (const stack of STACKS) {
    await permit(stack);
    await deployHere(session, NAMES[stack]);
    expect(await session.plan([NAMES[stack]])).toMatchObject([{ result: "unchanged" }]);
  }
  expect(log.refusals()).toEqual([]);
});

/** All duties, on all kinds of objects, are tried in the soak: test/soak/support-roles.test.ts. */
test("a support role may do what its duty says, and nothing else", async () => {
  const admin = await ByHand.logIn(lab.session, "milan");
  const machine = {
    path: "Milano/vm/milan/tecnica/tecnica/mi-tec-0001",
    host: "Milano/host/milano-vdi-a/esx-a12.comune.milano.example",
    otherPortGroup: "Milano/network/desktops-polizia-locale",
  };
  const done = (role: string): Promise<string[]> =>
    asMember(lab.session, "milan", `MILANO\\trial-${role}`, async (hand) => {
      const outcomes = Object.entries(await triedOnMachine(hand, admin, machine));
      return outcomes.filter(([, outcome]) => outcome !== "refused").map((each) => each.join(": "));
    });
  expect(await done("security")).toEqual([...["SuspendVM_Task: done", "CreateSnapshot_Task: done", "isolate: done"]]);
  expect(await done("auditor")).toEqual([]);
  expect(await done("one-pool")).toEqual([]);
  admin.close();
  const city = deployed(lab.city("milan"));
  for (const role of ["trial-security", "trial-auditor"])
    expect(await heldPrivileges(lab.session, "milan", `MILANO\\${role}`)).toEqual(
      await declaredPrivileges(lab.session, city, role),
    );
  log.refusals();
});

test("Terraform destroys each kind of stack with just its privileges, and leaves nothing", async () => {
  const session = asGuarded(lab.session);
  for (const stack of STACKS.toReversed()) {
    await permit(stack);
    await destroyHere(session, NAMES[stack]);
  }
  expect(log.refusals()).toEqual([]);
  await grant(lab.session, "milan", []);
  expect(await lab.snapshot("milan")).toEqual(before);
});
