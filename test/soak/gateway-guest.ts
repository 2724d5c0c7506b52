import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { stateIn } from "../../cli/gateways/gateway-state";
import type { Verdict } from "../../cli/gateways/gateway-state";
import { REPOSITORY } from "../../runtime/paths";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";
import { putProgram } from "../boot/programs";

const SCRIPT = join(REPOSITORY, "segmentation", "render", "gateway-rules.sh");

/**
 * Runs the program of a gateway as a machine of the simulated vCenter would: its VMware Tools read and write that machine's
 * own guestinfo. Its nft takes what it gets: test/network has the real one.
 */
export class GatewayGuest {
  private readonly folder = mkdtempSync(join(tmpdir(), "gateway-guest-"));
  private readonly tools: Server;
  private program: ChildProcess | undefined;

  /** @param place inventory path of the machine's folder */
  private constructor(
    private readonly vcenter: VcenterClient,
    private readonly place: string,
    private readonly told: (verdict: Verdict) => void,
  ) {
    this.tools = createServer((request, response) => {
      void text(request)
        .then((command) => this.rpc(command))
        .then((value) => response.writeHead(value === undefined ? 404 : 200).end(value));
    });
  }

  /** Boots the only machine in a folder. @param told hears what becomes of its rules, each time that it changes */
  public static async boot(
    vcenter: VcenterClient,
    place: string,
    told: (verdict: Verdict) => void = () => undefined,
  ): Promise<GatewayGuest> {
    const guest = new GatewayGuest(vcenter, place, told);
    await new Promise<void>((resolve) => guest.tools.listen(0, "127.0.0.1", resolve));
    await guest.start();
    return guest;
  }

  /** From now on its nft refuses every ruleset. */
  public refuse(): void {
    putProgram(this.folder, "nft", "echo no such rule >&2; exit 1");
  }

  /** Ends it. */
  public async stop(): Promise<void> {
    if (this.program?.exitCode === null) {
      this.program.kill("SIGKILL");
      await once(this.program, "exit");
    }
    this.tools.closeAllConnections();
    this.tools.close();
    rmSync(this.folder, { recursive: true });
  }

  private async start(): Promise<void> {
    const { extraConfig } = await this.machine();
    const metaData = Buffer.from(extraConfig["guestinfo.metadata"] ?? "", "base64").toString();
    writeFileSync(join(this.folder, "instance-id"), `${/^instance-id: *(\S+)$/m.exec(metaData)?.[1] ?? ""}\n`);
    const { port } = this.tools.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}/`;
    putProgram(this.folder, "vmtoolsd", `exec /usr/bin/curl -sf --data-binary "$2" ${url}`);
    putProgram(this.folder, "nft", '[ "$1" != list ]');
    putProgram(this.folder, "systemctl", ":");
    this.program = spawn("/bin/sh", [SCRIPT], {
      env: {
        PATH: `${this.folder}:/usr/bin:/bin`,
        POSTAZIONI_RULES_FOLDER: join(this.folder, "rules"),
        POSTAZIONI_INSTANCE_FILE: join(this.folder, "instance-id"),
        POSTAZIONI_PAUSE_SECONDS: "0.2",
      },
      stdio: "ignore",
    });
  }

  private async machine(): Promise<VcenterMachine> {
    const [found] = (await this.vcenter.machinesIn(this.place)) ?? [];
    if (found === undefined) throw new Error(`no machine in ${this.place}`);
    return found;
  }

  /** @returns undefined where vmtoolsd says "No value found" */
  private async rpc(command: string): Promise<string | undefined> {
    const [, verb, key = "", value = ""] = /^(info-get|info-set) (\S+)(?: (.*))?$/.exec(command) ?? [];
    const { id, extraConfig } = await this.machine();
    if (verb === "info-get") return extraConfig[key];
    if (verb !== "info-set") return undefined;
    const [before, now] = [extraConfig, { [key]: value }].map((settings) => stateIn(settings)?.verdict);
    if (now !== undefined && now !== before) this.told(now);
    await this.vcenter.setExtraConfig(id, { [key]: value });
    return "";
  }
}
