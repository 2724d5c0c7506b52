import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { parse } from "yaml";
import { seatHost } from "../../environments/desktop-access/desktop-access";
import type { DeployedCity } from "../../environments/model/city";
import { Namespaces } from "../../proof/namespaces";
import { accessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import type { AccessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { accessCloudInit, bundle } from "../../remote-desktop/render/cloud-init";
import { LEG } from "../../remote-desktop/render/leg";
import { FILES } from "../../remote-desktop/render/paths";
import { REPOSITORY } from "../../runtime/paths";
import { MEMBERS } from "../../segmentation/gateway";
import type { Member } from "../../segmentation/gateway";
import { packed } from "../../segmentation/render/packed";
import { putProgram } from "../boot/programs";
import { SYSTEMCTL, VMTOOLSD } from "./access-programs";
import { machine } from "./machine";

const [SEATS, PEOPLE] = ["rdp-seats.py", "rdp-people.py"].map((name) => join(REPOSITORY, "test/network", name)) as [
  string,
  string,
];
/** An ordinary user's namespace has no other user: HAProxy stays root there, and is locked into no folder. */
const OF_OTHER_USERS = /^ {2}(?:user|group|chroot) .*\n/gm;
/** Folders that each machine has of its own. */
const OWN_FOLDERS = ["etc/haproxy", "usr/local/share", "var/lib", "run"] as const;
/** Ten thousand seats have room there. */
const ROUTER_OF_SEATS = "10.67.255.1";
const [LOOKS, PAUSE_MS] = [300, 100];

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
    await lab.namespaces.script(lab.network());
    if (seats)
      await lab.ready("seats", [
        "python3",
        SEATS,
        ...[...lab.addresses()].map(([seat, address]) => `${address}=${seat}`),
      ]);
    lab.names();
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
    return this.output(this.host(member), [
      "sh",
      "-c",
      `echo "${command}" | socat -t 5 - UNIX-CONNECT:${this.root(member)}/run/haproxy/admin.sock`,
    ]);
  }

  /** Whether a machine has the address that people connect to. */
  public async isMaster(member: Member): Promise<boolean> {
    return (await this.output(this.host(member), ["ip", "-o", "addr"])).includes(` ${this.plan.pair.virtual}/`);
  }

  /** The machine is off at once, as when its host fails. */
  public async fails(member: Member): Promise<void> {
    await this.namespaces.script(
      `ip -n ${this.host(member)} link set ${LEG} down; ip netns pids ${this.host(member)} | xargs -r kill -9; true`,
    );
  }

  /** It starts again, and knows nothing of before. */
  public async returns(member: Member): Promise<void> {
    await this.namespaces
      .script(`ip -n ${this.host(member)} link set ${LEG} up; ip -n ${this.host(member)} addr flush dev ${LEG}
ip -n ${this.host(member)} addr add ${this.plan.pair.own[member]}/${String(this.plan.pair.length)} dev ${LEG}
ip -n ${this.host(member)} route add default via ${this.plan.pair.router ?? ""}`);
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
    const seats = this.largest.names.flatMap(({ pools }) => pools.flatMap((pool) => pool.seats));
    return new Map(
      seats.map((seat, index) => [seat, `10.67.${String(Math.floor(index / 250))}.${String((index % 250) + 2)}`]),
    );
  }

  private readonly digests: Partial<Record<Member, string>> = {};

  private host(member: Member): string {
    return `access-${member === 0 ? "a" : "b"}`;
  }

  private root(member: Member): string {
    return join(this.folder, this.host(member));
  }

  private guestinfo(member: Member): string {
    return join(this.root(member), "guestinfo");
  }

  private offer(member: Member): void {
    const text = bundle(this.plan, member).replace(OF_OTHER_USERS, "");
    this.digests[member] = createHash("sha256").update(text).digest("hex");
    writeFileSync(join(this.guestinfo(member), ".given"), packed(text));
    writeFileSync(join(this.guestinfo(member), "guestinfo.postazioni.rules"), packed(text));
  }

  /** What cloud-init writes, and the programs that it starts, with VMware's and systemd's parts played over a folder. */
  private machineStarts(member: Member): void {
    const root = this.root(member);
    rmSync(root, { recursive: true, force: true });
    for (const folder of [...OWN_FOLDERS, "guestinfo", "run/haproxy", "var/lib/haproxy", "bin"])
      mkdirSync(join(root, folder), { recursive: true });
    const { userData } = accessCloudInit(this.plan, member);
    const { write_files: files } = parse(userData) as {
      write_files: { path: string; content: string; permissions: string }[];
    };
    for (const { path, content, permissions } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content, { mode: Number.parseInt(permissions, 8) });
    }
    putProgram(join(root, "bin"), "vmtoolsd", VMTOOLSD);
    putProgram(join(root, "bin"), "systemctl", SYSTEMCTL);
    this.offer(member);
    const conf = join(root, "etc/keepalived/keepalived.conf");
    const script = [
      ...OWN_FOLDERS.map((folder) => `mount --bind ${root}/${folder} /${folder}`),
      `nft -f ${root}/etc/nftables.conf`,
      `keepalived --dont-fork --log-console --use-file ${conf} --pid /run/keepalived.pid --vrrp_pid /run/vrrp.pid >${root}/keepalived.log 2>&1 &`,
      `exec sh ${root}${FILES.agent} >${root}/agent.log 2>&1`,
    ];
    const variables = [
      `PATH=${root}/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      `GUESTINFO=${this.guestinfo(member)}`,
      "POSTAZIONI_PAUSE_SECONDS=0.3",
      "POSTAZIONI_REFRESH_SECONDS=5",
    ];
    const child = this.namespaces.start(this.host(member), [
      "env",
      ...variables,
      "unshare",
      "--mount",
      "sh",
      "-ec",
      script.join("\n"),
    ]);
    child.stdout.resume();
    child.stderr.resume();
  }

  private names(): void {
    const hosts = join(this.folder, "hosts");
    writeFileSync(
      hosts,
      [...this.addresses()].map(([seat, address]) => `${address} ${seatHost(this.plan.city, seat)}\n`).join(""),
    );
    const options = ["--no-daemon", "--no-resolv", "--no-hosts", `--addn-hosts=${hosts}`, "--cache-size=0"];
    this.namespaces.start("names", ["dnsmasq", ...options]).stderr.resume();
  }

  private network(): string {
    const { pair } = this.plan;
    const [name] = pair.nameServers;
    const vlans = ["people", "dmz", "seats", "names"];
    const router = {
      people: "10.60.0.1/16",
      dmz: `${pair.router ?? ""}/${String(pair.length)}`,
      seats: `${ROUTER_OF_SEATS}/16`,
      names: "10.66.3.1/28",
    };
    return [
      "ip netns add router",
      "ip netns exec router sysctl -qw net.ipv4.ip_forward=1",
      ...vlans.flatMap((vlan) => [
        `ip link add b-${vlan} type bridge`,
        `ip link set b-${vlan} up`,
        `ip link add r-${vlan} type veth peer name ${vlan} netns router`,
        `ip link set r-${vlan} master b-${vlan} up`,
        `ip -n router link set ${vlan} up`,
        `ip -n router addr add ${router[vlan as keyof typeof router]} dev ${vlan}`,
      ]),
      ...machine("people", "people", { address: "10.60.0.10/16", router: "10.60.0.1" }),
      ...machine("seats", "seats"),
      ...[...this.addresses().values()].map((address) => `ip -n seats addr add ${address}/16 dev eth0`),
      `ip -n seats route add default via ${ROUTER_OF_SEATS}`,
      ...machine("names", "names", { address: `${name ?? ""}/28`, router: "10.66.3.1" }),
      ...MEMBERS.flatMap((member) => [
        ...machine(this.host(member), "dmz", { mac: pair.macs[member] }),
        `ip -n ${this.host(member)} link set eth0 down`,
        `ip -n ${this.host(member)} link set eth0 name ${LEG}`,
        `ip -n ${this.host(member)} link set ${LEG} up`,
        `ip -n ${this.host(member)} addr add ${pair.own[member]}/${String(pair.length)} dev ${LEG}`,
        `ip -n ${this.host(member)} route add default via ${pair.router ?? ""}`,
      ]),
    ].join("\n");
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
export async function eventually(isSo: () => boolean | Promise<boolean>, look: () => string): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (await isSo()) return;
    await setTimeout(PAUSE_MS);
  }
  throw new Error(`waited in vain: ${look()}`);
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
