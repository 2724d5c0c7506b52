import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { run } from "../../runtime/process";
import type { ChildResult } from "../../runtime/process";
import { REPOSITORY } from "../../runtime/paths";
import { Redactor } from "../../runtime/redactor";
import type { VcenterClient, VcenterMachine } from "../../vcenter/vcenter-client";

const SCRIPT = join(REPOSITORY, "boot", "first-login.sh");
const ANSWER = /"(?:secret_id|client_token)":"([^"]+)"/g;

/**
 * Runs the boot script as a machine of the simulated vCenter would: its VMware Tools read and write that machine's own
 * guestinfo, its realm binds to a real directory, and its curl and realm keep what they were given, for a test to look at.
 */
export class SimulatedGuest {
  private readonly folder = mkdtempSync(join(tmpdir(), "guest-"));
  private readonly seen = join(this.folder, "seen");

  private constructor(
    private readonly tools: Server,
    private readonly vcenter: VcenterClient,
    private readonly machines: string,
    private readonly directory: { readonly url: string; readonly base: string },
    private readonly address: string,
  ) {}

  /**
   * @param machines inventory path of the folder of the machines
   * @param directory what every domain leads to, as a real realm finds it by DNS
   * @param address the machines' address, which Vault is told
   */
  public static async start(
    vcenter: VcenterClient,
    machines: string,
    directory: { readonly url: string; readonly base: string },
    address: string,
  ): Promise<SimulatedGuest> {
    const tools = createServer((request, response) => {
      const [, seat = ""] = (request.url ?? "").split("/");
      void text(request).then(async (command) => {
        const value = await guest.rpc(seat, command);
        response.writeHead(value === undefined ? 404 : 200).end(value);
      });
    });
    const guest = new SimulatedGuest(tools, vcenter, machines, directory, address);
    await new Promise<void>((resolve) => tools.listen(0, "127.0.0.1", resolve));
    return guest;
  }

  /** Boots the machine of a seat. What it prints is not redacted. */
  public async boot(seat: string, waitSeconds = 0): Promise<ChildResult> {
    return run({
      ...{ command: "/bin/sh", args: [SCRIPT], redactor: new Redactor() },
      env: {
        ...{ PATH: `${this.programs(seat)}:/usr/bin:/bin`, POSTAZIONI_WAIT_SECONDS: String(waitSeconds) },
        POSTAZIONI_VAULT_FILE: this.placeFile(seat),
        POSTAZIONI_VAULT_PROTOCOL: "http",
      },
    });
  }

  /** Secret ids and tokens that machines were given by Vault. */
  public secrets(): string[] {
    return [...this.read("answers").matchAll(ANSWER)].map(([, secret = ""]) => secret);
  }

  /** File in which the machine of a seat keeps which Vault and city it is of. */
  public placeFile(seat: string): string {
    return join(this.folder, seat, "place", "vault");
  }

  /** Arguments and environments of the programs that handled secrets. */
  public surroundings(): string {
    return this.read("surroundings");
  }

  /** The machine of a seat as it stands in vCenter. */
  public async machine(seat: string): Promise<VcenterMachine> {
    const found = (await this.vcenter.machinesIn(this.machines))?.find(({ name }) => name === seat);
    if (found === undefined) throw new Error(`no machine ${seat}`);
    return found;
  }

  /** Writes settings of the machine of a seat, as an administrator of vCenter could. */
  public async write(seat: string, values: Readonly<Record<string, string>>): Promise<void> {
    await this.vcenter.setExtraConfig((await this.machine(seat)).id, values);
  }

  /** Has vCenter say from then on how far the customization of machines is. */
  public async sayCustomized(status: "RUNNING" | "FAILED" | "SUCCEEDED", ...seats: readonly string[]): Promise<void> {
    for (const seat of seats) await this.write(seat, { "lab.customization": `TOOLSDEPLOYPKG_${status}` });
  }

  public stop(): void {
    this.tools.close();
    rmSync(this.folder, { recursive: true });
  }

  /** @returns undefined where vmtoolsd says "No value found" */
  private async rpc(seat: string, command: string): Promise<string | undefined> {
    const [, verb, key = "", value = ""] = /^(info-get|info-set) (\S+)(?: (.*))?$/.exec(command) ?? [];
    if (verb === "info-get") return (await this.machine(seat)).extraConfig[key];
    if (verb !== "info-set") return undefined;
    await this.write(seat, { [key]: value });
    return "";
  }

  private read(name: string): string {
    const file = join(this.seen, name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** The folder of the programs that stand before the system's. */
  private programs(seat: string): string {
    const folder = join(this.folder, seat);
    for (const each of [folder, this.seen]) mkdirSync(each, { recursive: true });
    const { port } = this.tools.address() as AddressInfo;
    const keep = `{ echo "$0 $*"; env; } >>${this.seen}/surroundings`;
    const programs = {
      uname: `echo ${seat}`,
      vmtoolsd: `exec /usr/bin/curl -sf --data-binary "$2" http://127.0.0.1:${String(port)}/${seat}`,
      curl: `${keep}\nanswer=$(/usr/bin/curl "$@" --header "X-Forwarded-For: ${this.address}"); code=$?\nprintf '%s\\n' "$answer" >>${this.seen}/answers\nprintf '%s' "$answer"; exit $code`,
      realm: [
        keep,
        '[ "$1" = join ] || exit 2',
        `umask 077; file=$(mktemp -p ${folder}); cat | tr -d '\\n' >"$file"`,
        `ldapwhoami -x -H ${this.directory.url} -D "uid=\${2#--user=},ou=services,${this.directory.base}" -y "$file"; code=$?`,
        'rm "$file"; exit $code',
      ].join("\n"),
    };
    for (const [name, body] of Object.entries(programs)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    return folder;
  }
}
