import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { REPORT_KEY } from "../../operations/seat-report";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import { VcenterError } from "../../vcenter/soap";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import type { AccessLab } from "../network/access-lab";
import { diskFiles } from "./disk-files";
import { RdpSeat } from "./rdp-seat";

const PAUSE_MS = 1000;
const PREFIX = "guestinfo.postazioni.";

/** A guest that runs, and the disk that it was started with. */
interface Guest {
  readonly disk: string;
  readonly seat: RdpSeat;
}

/**
 * The guests of a pool's machines in a simulated vCenter, which has none: each that is on is a seat with xrdp. Its disk is made of
 * folders, one for each file that vCenter says, so that it is empty with a new machine and as it was with a snapshot. Each second is
 * a minute: what vCenter has for the guest goes there, its programs run, and their report comes back.
 */
export class SeatGuests {
  private readonly guests = new Map<string, Guest>();
  private readonly numbers = new Map<string, number>();
  private ended = false;
  private failure: unknown;
  private living: Promise<void> = Promise.resolve();

  /**
   * @param machines inventory path of the machines' folder
   * @param people logins of the directory's people, and Kerberos' realm
   */
  public constructor(
    private readonly lab: AccessLab,
    private readonly vcenter: VcenterClient,
    private readonly machines: string,
    private readonly people: Pick<Parameters<typeof RdpSeat.start>[1], "people" | "realm">,
  ) {}

  /** Runs the guests until they are stopped. */
  public start(): void {
    this.living = this.live().catch((error: unknown) => {
      this.failure = error;
    });
  }

  public async stop(): Promise<void> {
    this.ended = true;
    await this.living;
  }

  /** The guest of a seat. @throws Error where it does not run */
  public at(seat: string): RdpSeat {
    if (this.failure !== undefined) throw new Error("no guest runs any more", { cause: this.failure });
    const guest = this.guests.get(seat);
    if (guest === undefined) throw new Error(`${seat} does not run`);
    return guest.seat;
  }

  /** The seats at which somebody has a desktop, by who it is. */
  public async places(): Promise<Map<string, string>> {
    const found = await Promise.all([...this.guests.values()].map(({ seat }) => seat.windows().catch(() => [])));
    const places = found.flat().map((title) => title.split(" at ") as [string, string]);
    if (this.failure !== undefined) throw new Error("no guest runs any more", { cause: this.failure });
    return new Map(places);
  }

  /** The pool's machines, by seat. */
  public async all(): Promise<Map<string, VcenterMachine>> {
    const found = (await this.vcenter.machinesIn(this.machines)) ?? [];
    return new Map(found.map((machine) => [machine.name, machine]));
  }

  private async live(): Promise<void> {
    while (!this.ended) {
      const machines = await this.all();
      for (const name of this.guests.keys()) if (machines.get(name)?.isOn !== true) await this.off(name);
      for (const machine of machines.values()) if (machine.isOn) await this.minute(machine);
      await setTimeout(PAUSE_MS);
    }
  }

  private async off(name: string): Promise<void> {
    const guest = this.guests.get(name);
    this.guests.delete(name);
    await guest?.seat.off();
  }

  /** One whose machine goes meanwhile says nothing any more. */
  private async minute(machine: VcenterMachine): Promise<void> {
    try {
      const seat = await this.running(machine);
      const given = Object.entries(machine.extraConfig).filter(([key]) => key.startsWith(PREFIX) && key !== REPORT_KEY);
      await seat.minute(Object.fromEntries(given.map(([key, value]) => [key.slice(PREFIX.length), value])));
      const report = await seat.report();
      const now = await this.vcenter.machineNow(machine.id);
      if (now.isOn && (await this.diskOf(now)).join(" ") === this.guests.get(machine.name)?.disk)
        await this.vcenter.setExtraConfig(machine.id, { [REPORT_KEY]: report });
    } catch (error) {
      if (!(error instanceof VcenterError)) throw error;
    }
  }

  /** Another disk, as of a new machine or of one that has a snapshot or was brought back, is another start. */
  private async running(machine: VcenterMachine): Promise<RdpSeat> {
    const disk = await this.diskOf(machine);
    const guest = this.guests.get(machine.name);
    if (guest?.disk === disk.join(" ")) return guest.seat;
    await this.off(machine.name);
    return this.started(machine, disk);
  }

  private async diskOf({ id }: VcenterMachine): Promise<string[]> {
    const files = [...(await diskFiles(this.vcenter, id)), "nothing"];
    return files.map((file) => join(this.lab.folder, "datastore", `${id}-${file}`));
  }

  private async started({ id, name }: VcenterMachine, disk: readonly string[]): Promise<RdpSeat> {
    const number = this.numbers.get(name) ?? this.numbers.size;
    this.numbers.set(name, number);
    // As after its first login, which is another test's.
    await this.vcenter.setExtraConfig(id, { [GUESTINFO_KEYS.state]: "joined" });
    rmSync(join(this.lab.folder, name), { recursive: true, force: true });
    const address = this.lab.addresses().get(name) ?? "";
    const seat = await RdpSeat.start(this.lab, { ...this.people, seat: name, number, address, disk });
    this.guests.set(name, { disk: disk.join(" "), seat });
    return seat;
  }
}
