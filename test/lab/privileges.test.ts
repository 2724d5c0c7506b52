import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Login } from "../../access/vsphere/privilege";
import { WEEKDAYS } from "../../environments/model/calendar";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { deployed } from "../fixtures/deployed";
import { ByHand } from "./by-hand";
import { asGuarded, grant, guardedVariables } from "./guarded-login";
import { PrivilegeLog } from "./privilege-log";
import { asMember, triedOnMachine } from "./support-calls";
import { withDuties } from "./support-duties";
import { declaredPrivileges, heldPrivileges } from "./support-privileges";
import { deployHere, destroyHere } from "./terraform-alone";
import { TestLab } from "./test-lab";
import { typedInLab } from "./typed-command";
import type { Typed } from "./typed-command";
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

/** Gives the second login just what a login of the city needs. */
async function permit(stack: Login): Promise<void> {
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

/** The day of the week in three days: never today, also where midnight comes meanwhile. */
const ANOTHER_DAY = WEEKDAYS[(new Date().getUTCDay() + 2) % WEEKDAYS.length] ?? "mon";

test("seats are started and shut down with the privileges of their login alone, and no plan sees it", async () => {
  const path = "/Milano/vm/milan/tecnica/tecnica/mi-tec-0001";
  const admin = await ByHand.logIn(lab.session, "milan");
  const isOn = async (): Promise<boolean> =>
    (await lab.snapshot("milan")).virtualMachines.some(
      (one) => one.name === "mi-tec-0001" && one.powerState === "poweredOn",
    );
  const power = (): Promise<Typed> => typedInLab(lab, "power", ["milan"], guardedVariables(lab.session));
  const hours = (days: string, reserve = 0): string =>
    `    power: { start: "00:00", stop: "23:59", days: [${days}], reserve: ${String(reserve)} }\n`;
  lab.edit("milan", "    workstation: cad\n", `    workstation: cad\n${hours(ANOTHER_DAY)}`);
  await permit("power");
  expect((await power()).stdout).toContain("mi-tec-0001: left on: it does not report whether it has sessions");
  await admin.report(path, `1 healthy ${seconds()}`);
  expect((await power()).stdout).toBe("tecnica: only the reserve on: 1 left on, in use");
  expect(await isOn()).toBe(true);
  await admin.report(path, `0 healthy ${seconds()}`);
  expect((await power()).stdout).toBe("tecnica: only the reserve on: 1 asked to shut down");
  expect(await isOn()).toBe(false);
  expect((await power()).stdout).toBe("tecnica: only the reserve on: nothing to do");
  await permit("desktops");
  expect(await asGuarded(lab.session).plan([NAMES.desktops])).toMatchObject([{ result: "unchanged" }]);
  await permit("power");
  lab.edit("milan", hours(ANOTHER_DAY), hours(ANOTHER_DAY, 1));
  expect((await power()).stdout).toBe("tecnica: only the reserve on: 1 started");
  expect(await isOn()).toBe(true);
  expect(log.refusals()).toEqual([]);
  admin.close();
});

function seconds(): string {
  return String(Math.floor(Date.now() / 1000));
}

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
