import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Login } from "../../access/vsphere/privilege";
import { WEEKDAYS } from "../../environments/model/calendar";
import { cityPrivileges } from "../../environments/vsphere/privileges";
import { REPAIR_KEY } from "../../operations/repair-plan";
import { REPORT_KEY } from "../../operations/seat-report";
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

describe("the seats of a pool", () => {
  const path = "/Milano/vm/milan/tecnica/tecnica/mi-tec-0001";
  const hours = (reserve: number): string =>
    `    power: { start: "00:00", stop: "23:59", days: [${ANOTHER_DAY}], reserve: ${String(reserve)} }\n`;
  let admin: ByHand;

  beforeAll(async () => {
    admin = await ByHand.logIn(lab.session, "milan");
    const more = `${hours(0)}    repair: {}\n    idleDays: 30\n`;
    lab.edit("milan", "    workstation: cad\n", `    workstation: cad\n${more}`);
  });

  afterAll(() => {
    admin.close();
  });

  const isOn = async (): Promise<boolean> =>
    (await lab.snapshot("milan")).virtualMachines.some(
      ({ name, powerState }) => name === "mi-tec-0001" && powerState === "poweredOn",
    );
  const report = (sessions: number, health: string, used = 0): Promise<void> =>
    admin.setting(path, REPORT_KEY, `${String(sessions)} ${health} ${seconds()} ${String(used)}`);
  /** What a command says, as its own login. */
  const said = async (...command: [string, ...string[]]): Promise<string> => {
    const [name, ...options] = command;
    await permit(name === "seats" ? "repair" : "power");
    return (await typedInLab(lab, name, ["milan", ...options], guardedVariables(lab.session))).stdout;
  };

  test("are started and shut down with the privileges of a login alone, and no plan sees it", async () => {
    expect(await said("power")).toContain("mi-tec-0001: left on: it does not report whether it has sessions");
    await report(1, "healthy");
    expect(await said("power")).toBe("tecnica: only the reserve on: 1 left on, in use");
    expect(await isOn()).toBe(true);
    await report(0, "healthy");
    expect(await said("power")).toBe("tecnica: only the reserve on: 1 asked to shut down");
    expect(await isOn()).toBe(false);
    expect(await said("power")).toBe("tecnica: only the reserve on: nothing to do");
    await permit("desktops");
    expect(await asGuarded(lab.session).plan([NAMES.desktops])).toMatchObject([{ result: "unchanged" }]);
    lab.edit("milan", hours(0), hours(1));
    expect(await said("power")).toBe("tecnica: only the reserve on: 1 started");
    expect(await isOn()).toBe(true);
    expect(log.refusals()).toEqual([]);
  });

  test("are listed when idle, and repaired a step at a time", async () => {
    const pool = (unhealthy: number, idle: number, ...lines: string[]): string =>
      [
        `tecnica (Tecnica e Lavori Pubblici): 1 seat, ${String(unhealthy)} not healthy, ${String(idle)} idle`,
        ...lines.map((line) => `  mi-tec-0001: ${line}`),
      ].join("\n");
    /** The pool's line, with what is said of its seats below. */
    const lines = async (...options: string[]): Promise<string> =>
      /^tecnica .*(?:\n {2}.*)*/m.exec(await said("seats", ...options))?.[0] ?? "";
    await report(0, "healthy", Math.floor(Date.now() / 1000) - 31 * 86_400);
    expect(await lines()).toBe(pool(0, 1, "not used for 31 days"));
    await report(1, "unhealthy", 1);
    expect(await lines("--repair")).toContain("left: somebody works there");
    await report(0, "unhealthy", Math.floor(Date.now() / 1000));
    expect(await lines()).toBe(pool(1, 0, "to be restarted"));
    expect(await lines("--repair")).toBe(pool(1, 0, "restarted"));
    expect(await lines("--repair")).toBe(pool(0, 0));
    await admin.setting(path, REPAIR_KEY, "1 1");
    expect(await lines()).toBe(pool(1, 0, "to log in again"));
    await admin.setting(path, REPAIR_KEY, "2 1");
    expect(await lines("--repair")).toBe(pool(1, 0, "nothing is left to try"));
    await report(0, "healthy", Math.floor(Date.now() / 1000));
    expect(await lines("--repair")).toBe(pool(0, 0));
    await report(0, "unhealthy", Math.floor(Date.now() / 1000));
    expect(await lines()).toBe(pool(1, 0, "to be restarted"));
    expect(log.refusals()).toEqual([]);
  });
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
