import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { seatHost } from "../../environments/desktop-access/desktop-access";
import type { DeployedCity } from "../../environments/model/city";
import { Namespaces } from "../../proof/namespaces";
import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import type { AccessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { LEG } from "../../remote-desktop/render/leg";
import { REPOSITORY } from "../../runtime/paths";
import { MEMBERS } from "../../segmentation/gateway";
import type { Member } from "../../segmentation/gateway";
import { packed } from "../../segmentation/render/packed";
import { guestinfoOf, offeredTo, putAccessMachine, startOf } from "./access-machine";
import { accessHost, accessNetwork, joined, seatAddresses } from "./access-network";

const [SEATS, PEOPLE] = ["rdp-seats.py", "rdp-people.py"].map((name) => join(REPOSITORY, "test/network", name)) as [
  string,
  string,
];
const [LOOKS, PAUSE_MS] = [300, 100];
/** A new configuration also waits for the other machine, which may be off (access-agent.sh); one of many seats takes longer. */
const [CONFIGURATION_LOOKS, SEATS_A_LOOK] = [900, 5];
/** A pair's members tell each other of a seat within it. */
const HEARD_MS = 500;

/** What an order to the people of the lab answers. */
export type Answer = Readonly<Record<string, number | string | boolean | null | unknown[]>>;

/** A pair of access machines in network namespaces, from what its city's cloud-init gives them, with stubs of seats and people. */
export class AccessLab {
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private people: ChildProcessWithoutNullStreams | undefined;
  private plan: AccessMachinesPlan;

  private constructor(
    public readonly namespaces: Namespaces,
    public readonly folder: string,
    city: DeployedCity,
    private readonly largest: AccessMachinesPlan,
  ) {
    this.plan = planOf(city);
  }

  /**
   * @param largest the city with all seats that it will have, which stand from the start
   * @param seats whether stubs answer for the seats; otherwise the caller starts what listens in the namespace `seats`, as root
   */
  public static async start(city: DeployedCity, largest = city, seats = true): Promise<AccessLab> {
    const lab = new AccessLab(
      await Namespaces.open(!seats),
      mkdtempSync(join(tmpdir(), "access-")),
      city,
      planOf(largest),
    );
    await lab.namespaces.script(accessNetwork(lab.plan.pair));
    const hosts = lab.names();
    if (seats) await lab.ready("seats", ["python3", SEATS, hosts]);
    for (const member of MEMBERS) lab.machineStarts(member);
    lab.people = await lab.ready("people", ["python3", PEOPLE, lab.plan.pair.virtual]);
    createInterface({ input: lab.people.stdout }).on("line", (line) => {
      if (!line.startsWith("[")) return;
      const [number, answer] = JSON.parse(line) as [number, Answer];
      lab.asked.get(number)?.(answer);
    });
    return lab;
  }

  public async close(): Promise<void> {
    await this.namespaces.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Has the people do something. */
  public ask(order: Readonly<Record<string, unknown>>): Promise<Answer> {
    const number = this.asked.size + 1;
    return new Promise((resolve) => {
      this.asked.set(number, resolve);
      this.people?.stdin.write(`${JSON.stringify([number, order])}\n`);
    });
  }

  /** Gives both machines another city's configuration, one after the other as an apply does, and waits until each has it. */
  public async gets(city: DeployedCity, members: readonly Member[] = MEMBERS): Promise<void> {
    this.plan = planOf(city);
    for (const member of members) {
      this.offer(member);
      await this.has(member);
    }
  }

  /** Waits until a machine has what is offered. */
  public async has(member: Member): Promise<void> {
    const key = join(this.guestinfo(member), "guestinfo.postazioni.gateway");
    const offered = this.digests[member];
    await eventually(
      () => offered !== undefined && textOf(key).startsWith(`offered=${offered} verdict=confirmed`),
      () => this.state(member),
      CONFIGURATION_LOOKS + this.addresses().size / SEATS_A_LOOK,
    );
  }

  /** Tells both machines what they hold, as a deployment does, and waits until they say so. */
  public async holds(text: string): Promise<void> {
    const digest = text === "" ? "nothing" : createHash("sha256").update(text).digest("hex").slice(0, 12);
    for (const member of MEMBERS) writeFileSync(join(this.guestinfo(member), "guestinfo.postazioni.held"), text);
    for (const member of MEMBERS)
      await eventually(
        () => textOf(join(this.guestinfo(member), "guestinfo.postazioni.gateway")).includes(` held=${digest}`),
        () => this.state(member),
      );
  }

  /** What a machine says, and what its HAProxy printed. */
  public state(member: Member): string {
    const folder = this.guestinfo(member);
    return `${textOf(join(folder, "guestinfo.postazioni.gateway"))}\n${textOf(join(folder, ".haproxy")).slice(-2000)}`;
  }

  /** What HAProxy's runtime API answers. */
  public async runtime(member: Member, command: string): Promise<string> {
    return this.output(accessHost(member), [
      "sh",
      "-c",
      `echo "${command}" | socat -t 5 - UNIX-CONNECT:${this.root(member)}/run/haproxy/admin.sock`,
    ]);
  }

  /** The address that people connect to. */
  public get address(): string {
    return this.plan.pair.virtual;
  }

  /** Whether a machine has the address that people connect to. */
  public async isMaster(member: Member): Promise<boolean> {
    return (await this.output(accessHost(member), ["ip", "-o", "addr"])).includes(` ${this.plan.pair.virtual}/`);
  }

  /** The machine that has the address that people connect to. */
  public async master(): Promise<Member> {
    return (await this.isMaster(0)) ? 0 : 1;
  }

  /** That machine is off at once, and the other one gets the address; it had heard who has which seat. @returns the one that failed */
  public async masterFails(): Promise<Member> {
    const failed = await this.master();
    await setTimeout(HEARD_MS);
    await this.fails(failed);
    await eventually(
      () => this.isMaster(failed === 0 ? 1 : 0),
      () => this.state(failed),
    );
    return failed;
  }

  /** The machine is off at once, as when its host fails. */
  public async fails(member: Member): Promise<void> {
    await this.namespaces.script(`ip -n ${accessHost(member)} link set ${LEG} down`);
    for (const pid of await this.processes(accessHost(member))) ends(pid);
  }

  /** Numbers of a namespace's processes, as this process sees them. */
  public async processes(host: string): Promise<number[]> {
    // ip reads the first namespace's /proc.
    const list = await this.output("router", ["ip", "netns", "pids", host]);
    return list.split("\n").filter(Boolean).map(Number);
  }

  /** It starts again, and knows nothing of before. */
  public async returns(member: Member): Promise<void> {
    await this.namespaces.script(joined(this.plan.pair, member).join("\n"));
    this.machineStarts(member);
    await this.has(member);
  }

  /** Runs a program in the machine, and returns what it printed. */
  public output(host: string, command: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      const child = this.namespaces.start(host, command);
      let text = "";
      child.stdout.on("data", (data: Buffer) => (text += data.toString()));
      child.stderr.resume();
      child.on("close", () => {
        resolve(text);
      });
    });
  }

  /** Addresses of the seats in their segment, by seat. */
  public addresses(): Map<string, string> {
    return seatAddresses(this.largest.names.flatMap(({ pools }) => pools.flatMap((pool) => pool.seats)));
  }

  private readonly digests: Partial<Record<Member, string>> = {};

  private root(member: Member): string {
    return join(this.folder, accessHost(member));
  }

  private guestinfo(member: Member): string {
    return guestinfoOf(this.root(member));
  }

  private offer(member: Member): void {
    const text = offeredTo(this.plan, member);
    this.digests[member] = createHash("sha256").update(text).digest("hex");
    writeFileSync(join(this.guestinfo(member), ".given"), packed(text));
    writeFileSync(join(this.guestinfo(member), "guestinfo.postazioni.rules"), packed(text));
  }

  private machineStarts(member: Member): void {
    putAccessMachine(this.root(member), this.plan, member);
    this.offer(member);
    const child = this.namespaces.start(accessHost(member), startOf(this.root(member)));
    child.stdout.resume();
    child.stderr.resume();
  }

  /** Starts the name server. @returns its file, with a line for each seat */
  private names(): string {
    const hosts = join(this.folder, "hosts");
    writeFileSync(
      hosts,
      [...this.addresses()].map(([seat, address]) => `${address} ${seatHost(this.plan.city, seat)}\n`).join(""),
    );
    const options = ["--no-daemon", "--no-resolv", "--no-hosts", `--addn-hosts=${hosts}`, "--cache-size=0"];
    this.namespaces.start("names", ["dnsmasq", ...options]).stderr.resume();
    return hosts;
  }

  /** Starts a program, and waits for its first line. */
  private async ready(host: string, command: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
    const child = this.namespaces.start(host, command);
    child.stderr.pipe(process.stderr);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return child;
  }
}

/** Waits until something is so. @throws Error with the last look where it does not come */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  look: () => string,
  most = LOOKS,
): Promise<void> {
  for (let looks = 0; looks < most; looks += 1) {
    if (await isSo()) return;
    await setTimeout(PAUSE_MS);
  }
  throw new Error(`waited in vain: ${look()}`);
}

function ends(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}

function planOf(city: DeployedCity): AccessMachinesPlan {
  const plan = accessMachinesPlan(city);
  if (plan === undefined) throw new Error("the city has no access machines");
  return plan;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
