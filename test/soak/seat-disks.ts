import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { REPOSITORY } from "../../runtime/paths";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import { putProgram } from "../boot/programs";
import { diskFiles } from "./disk-files";
import { eventually } from "../fixtures/eventually";

const run = promisify(execFile);
const PAUSE_MS = 500;
const PREFIX = "guestinfo.postazioni.";
/** Mounts the layers of a disk at the place of the state, in namespaces of its own, and runs a script there. */
const ON_DISK =
  'mount -t overlay disk -o "lowerdir=$LOWER,upperdir=$UPPER,workdir=$WORK" "$DISK" && exec /bin/sh -c "$1"';

/**
 * The disks and the guests of seats in a simulated vCenter. Each file of a disk is a folder, and a disk is these folders one upon the
 * other, as the kernel's overlay file system has them: what is written goes into the last one. While a machine is on, it runs the
 * image's own seat-report.sh there; what it has in memory goes when it is switched off.
 */
export class SeatDisks {
  /** Seconds by which the guests' clocks are ahead. */
  public clockAhead = 0;
  private ended = false;
  private running: Promise<void> = Promise.resolve();
  /** The machine and its start that each seat's memory is of. */
  private readonly boots = new Map<string, string>();

  /**
   * @param folder an empty one, which stands for the datastore and the guests' memory
   * @param machines inventory path of the machines' folder
   */
  public constructor(
    private readonly folder: string,
    private readonly vcenter: VcenterClient,
    private readonly machines: string,
  ) {}

  /** Runs the guests until it is stopped. */
  public start(): void {
    this.running = this.lives();
  }

  public async stop(): Promise<void> {
    this.ended = true;
    await this.running;
  }

  /** The machine of a seat. */
  public async machine(seat: string): Promise<VcenterMachine> {
    const found = (await this.vcenter.machinesIn(this.machines))?.find(({ name }) => name === seat);
    if (found === undefined) throw new Error(`no machine ${seat}`);
    return found;
  }

  /** Runs a script in the guest of a seat, whose disk is at `$DISK`. @returns what it prints */
  public async inGuest(seat: string, script: string): Promise<string> {
    return this.inMachine(await this.machine(seat), script);
  }

  /** Begins or ends people's sessions at a seat. */
  public sessions(seat: string, number: number): void {
    writeFileSync(join(this.memory(seat), "sessions"), "xrdp-chansrv\n".repeat(number));
  }

  /** Whether a seat's port refuses everybody. */
  public isClosed(seat: string): boolean {
    return existsSync(join(this.memory(seat), "closed"));
  }

  /** Waits until a seat has reported since now. */
  public async reported(seat: string): Promise<void> {
    const report = join(this.memory(seat), "reports");
    const count = (): number => (existsSync(report) ? readFileSync(report, "utf8").length : 0);
    const before = count();
    await eventually(() => count() !== before);
    const again = count();
    await eventually(() => count() !== again);
  }

  /** The files on the datastore that have a text in them, once vCenter has deleted those of no disk, as it does. */
  public async filesWith(text: string): Promise<string[]> {
    const machines = (await this.vcenter.machinesIn(this.machines)) ?? [];
    const used = new Set((await Promise.all(machines.map((machine) => this.layers(machine)))).flat());
    for (const name of readdirSync(this.datastore()))
      if (!used.has(name)) rmSync(join(this.datastore(), name), { recursive: true, force: true });
    return run("grep", ["-rlF", text, this.datastore()]).then(
      ({ stdout }) => stdout.trim().split("\n"),
      () => [],
    );
  }

  private async lives(): Promise<void> {
    while (!this.ended) {
      const machines = (await this.vcenter.machinesIn(this.machines)) ?? [];
      for (const machine of machines.filter(({ isOn }) => isOn)) await this.minute(machine);
      await setTimeout(PAUSE_MS);
    }
  }

  /** What happens in a guest each minute, and at its start. */
  private async minute(machine: VcenterMachine): Promise<void> {
    const memory = this.memory(machine.name);
    const boot = `${machine.id} ${String(machine.started)}`;
    if ((this.boots.get(machine.name) ?? boot) !== boot)
      for (const name of ["sessions", "closed"]) rmSync(join(memory, name), { force: true });
    this.boots.set(machine.name, boot);
    // One that is switched off meanwhile says nothing any more.
    await this.inMachine(machine, join(REPOSITORY, "boot/seat-report.sh")).catch(() => undefined);
    writeFileSync(join(memory, "reports"), "x", { flag: "a" });
  }

  private async inMachine(machine: VcenterMachine, script: string): Promise<string> {
    const memory = this.memory(machine.name);
    const said = join(memory, "said");
    rmSync(said, { force: true });
    this.programs(memory, machine);
    const [last = "", ...below] = await this.layers(machine);
    const place = (name: string): string => join(this.datastore(), name);
    for (const name of [last, ...below]) mkdirSync(place(name), { recursive: true });
    mkdirSync(place(`${last}.work`), { recursive: true });
    mkdirSync(place("mounted"), { recursive: true });
    const disk = { LOWER: below.map(place).join(":"), UPPER: place(last), WORK: place(`${last}.work`) };
    const env = {
      ...{ PATH: `${memory}:/usr/sbin:/usr/bin:/bin`, MEMORY: memory, ...disk, DISK: place("mounted") },
      ...{ POSTAZIONI_SYSTEMD: "/nowhere", POSTAZIONI_USED_FILE: join(place("mounted"), "used") },
    };
    const { stdout } = await run("unshare", ["-rm", "/bin/sh", "-ec", ON_DISK, "guest", script], { env });
    await this.said(machine, said);
    return stdout;
  }

  /** Gives vCenter what the guest wrote, where it is on still: what is off has no guest. */
  private async said(machine: VcenterMachine, file: string): Promise<void> {
    if (!existsSync(file)) return;
    const lines = readFileSync(file, "utf8").trim().split("\n");
    const settings = lines.map((line) => /^info-set (\S+) ?(.*)$/.exec(line)?.slice(1) ?? []);
    const now = await this.vcenter.machineNow(machine.id);
    if (now.isOn && now.started === machine.started)
      await this.vcenter.setExtraConfig(machine.id, Object.fromEntries(settings) as Record<string, string>);
  }

  /** The files of a machine's first disk, the one that it writes first. */
  private async layers({ id }: VcenterMachine): Promise<string[]> {
    // A full clone's first file has nothing below it: an overlay wants something there.
    return [...(await diskFiles(this.vcenter, id)), "nothing"];
  }

  /** What a guest has that is not on its disk. */
  private programs(memory: string, { extraConfig }: VcenterMachine): void {
    const cases = Object.entries(extraConfig).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? [`'info-get ${key}') echo '${value}' ;;`] : [],
    );
    putProgram(
      memory,
      "vmtoolsd",
      ['case "$2" in', ...cases, 'info-set*) echo "$2" >>"$MEMORY/said" ;;', "esac"].join("\n"),
    );
    putProgram(memory, "ps", 'cat "$MEMORY/sessions" 2>/dev/null || :');
    putProgram(memory, "ss", "echo LISTEN");
    putProgram(memory, "date", `expr $(/bin/date +%s) + ${String(this.clockAhead)}`);
    putProgram(
      memory,
      "nft",
      'case "$1" in list) [ -e "$MEMORY/closed" ] ;; -f) cat >"$MEMORY/closed" ;; delete) rm "$MEMORY/closed" ;; esac',
    );
  }

  private memory(seat: string): string {
    const folder = join(this.folder, "memory", seat);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  private datastore(): string {
    const folder = join(this.folder, "datastore");
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}
