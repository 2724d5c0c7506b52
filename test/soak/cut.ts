import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "../../lab/free-port";

const RELAY = join(__dirname, "../fixtures/relay.mjs");

/** A way to a server on loopback that can be cut. */
export class Way {
  private relay: ChildProcess | undefined;

  private constructor(
    /** Where the way begins. */
    public readonly port: number,
    private readonly server: number,
  ) {}

  /** @param server its port */
  public static async to(server: number): Promise<Way> {
    const way = new Way(await freePort(), server);
    await way.open();
    return way;
  }

  public async open(): Promise<void> {
    const ends = [this.port, this.server].map(String);
    this.relay = spawn(process.execPath, [RELAY, ...ends], { stdio: ["ignore", "pipe", "ignore"] });
    // It says where it listens.
    if (this.relay.stdout !== null) await once(this.relay.stdout, "data");
  }

  /** Every connection ends in the middle of what it carries, and nothing listens any more. */
  public async cut(): Promise<void> {
    const { relay } = this;
    if (relay?.exitCode !== null || relay.signalCode !== null) return;
    const ended = once(relay, "exit");
    relay.kill("SIGKILL");
    await ended;
  }
}
