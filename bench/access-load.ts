import { setTimeout } from "node:timers/promises";
import type { DeployedCity } from "../environments/model/city";
import { MEMBERS } from "../segmentation/gateway";
import type { Member } from "../segmentation/gateway";
import { accessCity, accessCityWith } from "../test/fixtures/access-city";
import { AccessLab } from "../test/network/access-lab";
import { accessHost } from "../test/network/access-network";
import { programUsed } from "./program-used";
import type { Used } from "./program-used";
import { stopwatch } from "./timed";

const POOL = "remoto";
/** A tenth of the seats are an emergency's: a pool has 9,999 at most. */
const OF_EMERGENCY = 0.1;
/**
 * Sessions of one process of HAProxy, which may have 20,000 files open here and takes two for each: the next ones come after another
 * configuration, to a new process, while the one before keeps its own.
 */
const A_PROCESS = 5000;
const AT_A_TIME = 50;
const MS = 1000;
const REST_SECONDS = 10;

/** What people came for, all of them. */
interface Came {
  /** What each answer of the people said, added up. */
  readonly sum: (key: string) => number;
  /** The greatest of them. */
  readonly last: (key: string) => number;
  /** Processor time of HAProxy for each of them, in milliseconds. */
  readonly login: number;
  /** Seconds that each further configuration took. */
  readonly loaded: readonly number[];
}

/** People at floating seats through a pair of access machines in network namespaces, with stubs for seats. */
export class AccessLoad {
  /** Processor time that HAProxy takes of a second while nobody comes: for health checks and names. */
  public rest = 0;
  private turn = 0;

  private constructor(
    private readonly lab: AccessLab,
    private readonly seats: number,
    /** Seconds from the machines' start until both knew the address of each seat. */
    public readonly known: number,
  ) {}

  /** @param seats of the pool and its emergency */
  public static async start(seats: number): Promise<AccessLoad> {
    const lab = await AccessLab.start(cityWith(seats, 0));
    const [, known] = await stopwatch(() => Promise.all(MEMBERS.map((member) => untilKnown(lab, member, seats))));
    return new AccessLoad(lab, seats, known);
  }

  public close(): Promise<void> {
    return this.lab.close();
  }

  /** Takes all seats, as in the morning. */
  public async fill(): Promise<Came> {
    const member = await this.lab.master();
    const before = await this.used(member);
    await setTimeout(REST_SECONDS * MS);
    this.rest = ((await this.used(member)).seconds - before.seconds) / REST_SECONDS;
    return this.come("hold", member, MEMBERS);
  }

  /** How many sessions there are at this time. */
  public async sessions(): Promise<number> {
    return Number((await this.lab.ask({ do: "held" })).alive);
  }

  /** The machine fails that all came through, and all come back. @returns also the seconds until the other one had the address */
  public async failover(): Promise<Came & { readonly taken: number }> {
    const [failed, taken] = await stopwatch(() => this.lab.masterFails());
    const other: Member = failed === 0 ? 1 : 0;
    return { ...(await this.come("back", other, [other])), taken };
  }

  /** What HAProxy's processes took until now. @param member the machine @default - the one that people come to */
  public async used(member?: Member): Promise<Used> {
    return programUsed(this.lab, accessHost(member ?? (await this.lab.master())), "haproxy");
  }

  private async come(what: "hold" | "back", member: Member, members: readonly Member[]): Promise<Came> {
    const answers: Readonly<Record<string, unknown>>[] = [];
    const loaded: number[] = [];
    let [used, came] = [0, 0];
    for (let left = this.seats; left > 0; left -= A_PROCESS) {
      if (answers.length > 0) loaded.push(await this.changes(members));
      const before = await this.used(member);
      const order = { do: what, name: POOL, count: Math.min(left, A_PROCESS), at_a_time: AT_A_TIME };
      const answer = await this.lab.ask(order);
      answers.push(answer);
      used += (await this.used(member)).seconds - before.seconds - this.rest * Number(answer.seconds);
      came += Number(answer.came);
    }
    const of = (key: string): number[] => answers.map((answer) => Number(answer[key]));
    return {
      sum: (key) => of(key).reduce((total, each) => total + each, 0),
      last: (key) => of(key).at(-1) ?? NaN,
      login: (used * MS) / came,
      loaded,
    };
  }

  /** Gives machines another configuration. @returns the seconds that it took */
  private async changes(members: readonly Member[]): Promise<number> {
    this.turn += 1;
    const [, seconds] = await stopwatch(() => this.lab.gets(cityWith(this.seats, this.turn), members));
    return seconds;
  }
}

/** @param turn makes it another city's file each time */
function cityWith(seats: number, turn: number): DeployedCity {
  const more = Math.round(seats * OF_EMERGENCY);
  const surge = [{ pool: POOL, code: "rsu", seats: more }];
  return accessCityWith(
    { anagrafe: 1 + (turn % 2), [POOL]: seats - more },
    { emergency: { ...accessCity().emergency, active: true, surge } },
  );
}

/** At its first start HAProxy asks for the address of each seat, some at a time. */
export async function untilKnown(lab: AccessLab, member: Member, seats: number): Promise<void> {
  await lab.has(member);
  let known: number;
  do {
    await setTimeout(MS);
    const state = await lab.runtime(member, "show servers state");
    known = state.split("\n").filter((line) => / po-r\w+-\d+ \d+\.\S+ 2 /.test(line)).length;
  } while (known < seats);
}
