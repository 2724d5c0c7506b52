import { beforeEach, describe, expect, test } from "@jest/globals";
import type { DeployedCity } from "../../environments/model/city";
import type { Maintenance } from "../../environments/model/maintenance";
import { Draining } from "../../cli/apply/draining";
import type { DrainWorld } from "../../cli/apply/draining";
import { CommandError, Interrupted } from "../../runtime/errors";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

const STACK = "sample-desktops-anagrafe-01";
const MINUTE = 60_000;
/** A window of three hours; the sample's clones have 30 minutes, so people have until 23:00. */
const BEGIN = Date.parse("2026-12-04T20:30+01:00");

/** Seats that report each minute, an access pair, and a clock that goes on while somebody waits. */
class Evening implements DrainWorld {
  public canClose = true;
  public confirms = true;
  public time = BEGIN;
  public broken = 0;
  public readonly held: string[] = [];
  public readonly notices: [machine: string, number: string, text: string][] = [];
  public readonly claims: (string | number | undefined)[][] = [];
  /** Seats that `refresh` makes as new until their people would leave, and those that it begins with just then. */
  public readonly refreshed = new Set<string>();
  public readonly together = new Set<string>();
  private readonly sessions = new Map<string, number | undefined>();
  private readonly leaving = new Map<string, number>();

  public people(seat: string, sessions: number | undefined, leavesAfterMinutes = Infinity): void {
    this.sessions.set(seat, sessions);
    this.leaving.set(seat, this.time + leavesAfterMinutes * MINUTE);
  }

  public readonly seats: DrainWorld["seats"] = () => {
    if (this.broken-- > 0) throw new CommandError("vCenter is not reached");
    const all = [...this.sessions].map(([seat, sessions]) => {
      const now = this.time >= (this.leaving.get(seat) ?? 0) ? 0 : sessions;
      const at = Math.floor(this.time / MINUTE) * 60;
      const report = now === undefined ? undefined : { sessions: now, healthy: true, closed: false, at, used: 0 };
      const isRefreshed = this.refreshed.has(seat) && this.time < (this.leaving.get(seat) ?? 0);
      return { seat, machine: `vm-${seat}`, isOn: !isRefreshed, isRefreshed, report };
    });
    return Promise.resolve(all);
  };
  public readonly hold: DrainWorld["hold"] = (text) => {
    this.held.push(text);
    return Promise.resolve(this.confirms);
  };
  public readonly notify: DrainWorld["notify"] = (machines, notice) => {
    const [number = "", text = ""] = notice.split(" ");
    for (const machine of machines) this.notices.push([machine, number, Buffer.from(text, "base64").toString()]);
    return Promise.resolve(machines);
  };
  public readonly claim: DrainWorld["claim"] = (machines, until) => {
    this.claims.push([until === undefined ? undefined : (until * 1000 - BEGIN) / MINUTE, ...machines]);
    // Of two that come together, each sees the other.
    if (until !== undefined) this.together.forEach((seat) => this.refreshed.add(seat));
    return Promise.resolve();
  };
  public readonly now = (): number => this.time;
  public isEnded = false;
  public readonly pause = (): Promise<void> => {
    this.time += MINUTE / 2;
    return this.isEnded ? Promise.reject(new Interrupted()) : Promise.resolve();
  };

  /** Minutes since the beginning. */
  public get minutes(): number {
    return (this.time - BEGIN) / MINUTE;
  }
}

let evening: Evening;

beforeEach(() => {
  evening = new Evening();
});

function city(atEnd: Maintenance["atEnd"], refresh?: "revert"): DeployedCity {
  const sample = deployedSample();
  const windows = [{ days: ["fri" as const], start: "20:00", stop: "23:30" }];
  const maintenance = { windows, warnMinutes: [30, 10], atEnd };
  const vsphere = { ...sample.platform.vsphere, cloneMinutes: 30 };
  const platform = { ...sample.platform, vsphere };
  return { ...sample, platform, pools: sample.pools.map((pool) => ({ ...pool, maintenance, refresh })) };
}

const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `sa-ana-000${String(index + 1)}`);
const replaced = (seats: readonly string[]) =>
  planOf(seats.map((key) => ({ key, name: "replaceable", actions: ["delete", "create"], replacedFor: ["clone"] })));
const address = (seat: string): string => `vsphere_virtual_machine.replaceable["${seat}"]`;

/** Drains until all is done or left. @returns what was applied, with the minute */
async function drained(seats: readonly string[], atEnd: Maintenance["atEnd"] = "wait", refresh?: "revert") {
  const draining = new Draining(city(atEnd, refresh), evening);
  const said: string[] = [];
  const applied: [minute: number, seats: string[]][] = [];
  let left = [...seats];
  try {
    for (;;) {
      const turn = await draining.turnOf(STACK, replaced(left));
      if (turn !== "wait" && "left" in turn) return { applied, said, left: turn.left };
      if (turn !== "wait") {
        const done = left.filter((seat) => !turn.waiting.has(address(seat)));
        applied.push([evening.minutes, done]);
        left = left.filter((seat) => !done.includes(seat));
        if (turn.waiting.size === 0) return { applied, said, left: "" };
      }
      await draining.wait(STACK, (line) => said.push(line));
    }
  } finally {
    await draining.release(STACK);
  }
}

describe("seats that are changed", () => {
  test("are free once nobody was let in for as long as a login takes, and come first; the others follow as people leave", async () => {
    const [free = "", ...used] = names(3);
    evening.people(free, 0);
    evening.people(used[0] ?? "", 1, 40);
    evening.people(used[1] ?? "", 2, 50);
    const { applied, said, left } = await drained([free, ...used]);
    expect(left).toBe("");
    expect(applied.map(([, seats]) => seats)).toEqual([[free], [used[0]], [used[1]]]);
    expect(applied.map(([minute]) => Math.round(minute))).toEqual([2, 42, 52]);
    expect(said[0]).toBe("until 23:00: 2 of 3 seats in use, 1 being closed");
    expect(said.at(-1)).toBe("until 23:00: 0 of 1 seats in use, 1 being closed");
  });

  test("are given to nobody meanwhile, and to people again at the end", async () => {
    const [free = "", used = ""] = names(2);
    evening.people(free, 0);
    evening.people(used, 1, 20);
    await drained([free, used]);
    const until = String((BEGIN + 195 * MINUTE) / 1000);
    expect(evening.held).toEqual([
      `${until} drain=${used} closed=${free}`,
      `${until} drain=${used} closed=`,
      `${until} drain= closed=${used}`,
      "",
    ]);
  });

  test("are not free while an access machine does not say that it holds them", async () => {
    const [seat = ""] = names(1);
    evening.people(seat, 0);
    evening.confirms = false;
    expect(await drained([seat])).toMatchObject({
      applied: [],
      left: expect.stringMatching(/^sa-ana-0001 still had/),
    });
  });

  test("are free at once where nobody can be kept away", async () => {
    const [seat = ""] = names(1);
    evening.people(seat, 0);
    evening.canClose = false;
    expect(await drained([seat])).toMatchObject({ applied: [[0, [seat]]] });
  });
});

describe("people at a seat that is changed", () => {
  const [seat = ""] = names(1);

  test("are asked at once, and again as the file says", async () => {
    evening.people(seat, 1);
    await drained([seat], "log-off");
    expect(evening.notices.map(([machine, number]) => [machine, number])).toEqual([
      [`vm-${seat}`, "1"],
      [`vm-${seat}`, "2"],
      [`vm-${seat}`, "3"],
      [`vm-${seat}`, ""],
    ]);
    const [, , text] = evening.notices[0] ?? [];
    expect(text).toMatch(/si disconnetta \(Esci\) entro le 23:00\. Poi la sessione viene chiusa/);
    expect(text).toMatch(/log off by 23:00\. Then your session ends/);
  });

  test("lose their session at the end where the file says so, and not a minute before", async () => {
    evening.people(seat, 1);
    expect(await drained([seat], "log-off")).toMatchObject({ applied: [[150, [seat]]], left: "" });
  });

  test("keep it where the file says that the seat waits; what is free is changed all the same", async () => {
    const [, other = "", silent = ""] = names(3);
    evening.people(seat, 1);
    evening.people(silent, undefined);
    evening.people(other, 1, 100);
    const { applied, left } = await drained([seat, other, silent]);
    expect(applied).toEqual([[102, [other]]]);
    expect(left).toBe(
      `sa-ana-0001, sa-ana-0003 still had sessions, did not report, or were being made as new, at 23:00: they wait for another window`,
    );
  });
});

test("what is free at the end, when a part had to wait for who just left, is changed all the same", async () => {
  const [first = "", ...others] = names(4);
  evening.people(first, 1, 145);
  for (const [index, minute] of [146, 147, 149].entries()) evening.people(others[index] ?? "", 1, minute);
  const { applied, left } = await drained([first, ...others]);
  expect(applied).toEqual([
    [147, [first]],
    [150, others.slice(0, 2)],
  ]);
  expect(left).toMatch(/^sa-ana-0004 still had sessions/);
});

describe("seats that refresh works at too", () => {
  const [seat = "", other = ""] = names(2);

  test("are claimed before they are changed, and given back at the end", async () => {
    evening.people(seat, 0);
    evening.people(other, 1, 20);
    expect(await drained([seat, other], "wait", "revert")).toMatchObject({ left: "" });
    expect(evening.claims).toEqual([
      [195, `vm-${seat}`],
      [195, `vm-${other}`],
      [undefined, `vm-${seat}`, `vm-${other}`],
    ]);
  });

  test("are waited for while it makes them as new, and given to nobody", async () => {
    evening.people(seat, 0, 10);
    evening.refreshed.add(seat);
    const { applied, said } = await drained([seat], "wait", "revert");
    expect(applied).toEqual([[expect.closeTo(12, 0), [seat]]]);
    expect(said[0]).toBe("until 23:00: 0 of 1 seats in use, 1 that 'refresh' makes as new");
    expect(evening.held[0]).toContain(`drain=${seat} closed=`);
  });

  test("are left to it where both come to one at once", async () => {
    evening.people(seat, 0, 20);
    evening.canClose = false;
    evening.together.add(seat);
    expect(await drained([seat], "wait", "revert")).toMatchObject({ applied: [[20, [seat]]] });
  });

  test("are claimed in no pool without it", async () => {
    evening.people(seat, 0);
    await drained([seat]);
    expect(evening.claims.flat()).toEqual([undefined]);
  });
});

test("a vCenter that does not answer is asked again", async () => {
  const [seat = ""] = names(1);
  evening.people(seat, 1, 10);
  const draining = new Draining(city("wait"), evening);
  await draining.turnOf(STACK, replaced([seat]));
  evening.broken = 3;
  const said: string[] = [];
  await draining.wait(STACK, (line) => said.push(line));
  expect(said.filter((line) => line.includes("vCenter is not reached"))).toHaveLength(3);
});

test("a deployment that is ended gives its seats back, and takes the notices with it", async () => {
  const [seat = ""] = names(1);
  evening.people(seat, 1);
  evening.isEnded = true;
  await expect(drained([seat])).rejects.toBeInstanceOf(Interrupted);
  expect(evening.held.at(-1)).toBe("");
  expect(evening.notices.at(-1)).toEqual([`vm-${seat}`, "", ""]);
});

test("a stack that disturbs nobody is drained of nothing", async () => {
  const draining = new Draining(city("wait"), evening);
  expect(await draining.turnOf(STACK, planOf([{ key: "sa-ana-0001", actions: ["create"] }]))).toEqual({
    waiting: new Set(),
  });
  expect(evening.held).toEqual([]);
});
