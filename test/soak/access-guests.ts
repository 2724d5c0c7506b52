import { setTimeout } from "node:timers/promises";
import { HELD_KEY } from "../../operations/drain-plan";
import { MEMBERS } from "../../segmentation/gateway";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import type { AccessLab } from "../network/access-lab";

const PAUSE_MS = 500;
const STATE_KEY = "guestinfo.postazioni.gateway";

/** Has the access machines of a lab hold what vCenter has for theirs, and say so there, as VMware Tools would. */
export class AccessGuests {
  /** All that they were told to hold, in its order. */
  public readonly told: string[] = [];
  private ended = false;
  private running: Promise<void> = Promise.resolve();

  /** @param folders inventory paths of the machines' folders */
  public constructor(
    private readonly lab: AccessLab,
    private readonly vcenter: VcenterClient,
    private readonly folders: readonly string[],
  ) {}

  public start(): void {
    this.running = this.live();
    // Whoever stops it is told.
    this.running.catch(() => undefined);
  }

  public async stop(): Promise<void> {
    this.ended = true;
    await this.running;
  }

  private async live(): Promise<void> {
    while (!this.ended) {
      const machines = await Promise.all(this.folders.map((folder) => this.machineIn(folder)));
      const [one, other] = machines.map(({ extraConfig }) => extraConfig[HELD_KEY] ?? "");
      if (one !== undefined && one === other && one !== (this.told.at(-1) ?? "")) {
        await this.lab.holds(one);
        this.told.push(one);
        for (const member of MEMBERS) {
          const [state = ""] = this.lab.state(member).split("\n");
          await this.vcenter.setExtraConfig(machines[member]?.id ?? "", { [STATE_KEY]: state });
        }
      }
      await setTimeout(PAUSE_MS);
    }
  }

  private async machineIn(folder: string): Promise<VcenterMachine> {
    const [machine] = (await this.vcenter.machinesIn(folder)) ?? [];
    if (machine === undefined) throw new Error(`no machine in ${folder}`);
    return machine;
  }
}
