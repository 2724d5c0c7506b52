import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { putProgram } from "../boot/programs";
import type { GatewayAccess } from "../../cli/gateways/bring-up";
import type { Namespaces } from "../../proof/namespaces";
import { NFTABLES_CONF } from "../../segmentation/render/gateway-units";
import { packed } from "../../segmentation/render/packed";

const SCRIPT = join(__dirname, "../../segmentation/render/gateway-rules.sh");

/** vCenter's part of guestinfo: a file for each key. */
const VMTOOLSD = `case $2 in
  'info-get '*) cat "$GUESTINFO/\${2#info-get }" 2>/dev/null ;;
  'info-set '*)
    rest=\${2#info-set }
    printf '%s' "\${rest#* }" >"$GUESTINFO/.new" && mv "$GUESTINFO/.new" "$GUESTINFO/\${rest%% *}"
    ;;
esac`;
/** systemd's part: its nftables loads the confirmed rules and forwards, as at a start. */
const SYSTEMCTL = `case $* in
  'restart nftables.service') nft -f "$POSTAZIONI_RULES_FOLDER/confirmed.nft" && sysctl -qw net.ipv4.ip_forward=1 ;;
  reboot) : >"$GUESTINFO/.reboot" ;;
esac`;

/** The program of a gateway in its namespace, as it is, with VMware's and systemd's parts played over a folder. */
export class GatewayAgent {
  private readonly guestinfo: string;
  private boot = 0;

  public constructor(
    private readonly namespaces: Namespaces,
    private readonly host: string,
    private readonly folder: string,
  ) {
    this.guestinfo = join(folder, "guestinfo");
    mkdirSync(this.guestinfo, { recursive: true });
    putProgram(folder, "vmtoolsd", VMTOOLSD);
    putProgram(folder, "systemctl", SYSTEMCTL);
    this.give({ "guestinfo.metadata": Buffer.from("instance-id: base-1\n").toString("base64") });
    this.boots("base-1");
  }

  /** Starts the program. @param trialSeconds how long rules are on trial */
  public start(trialSeconds = 60): void {
    const variables = {
      ...{ PATH: `${this.folder}:/usr/sbin:/usr/bin:/sbin:/bin`, GUESTINFO: this.guestinfo },
      POSTAZIONI_RULES_FOLDER: join(this.folder, "rules"),
      POSTAZIONI_INSTANCE_FILE: join(this.folder, "instance-id"),
      POSTAZIONI_BOOT_FILE: join(this.folder, "boot"),
      ...{ POSTAZIONI_TRIAL_SECONDS: String(trialSeconds), POSTAZIONI_PAUSE_SECONDS: "0.1" },
    };
    const environment = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const run = ["sh", "-c", 'echo $$ >"$0"; exec /bin/sh "$1"', join(this.folder, "pid"), SCRIPT];
    const child = this.namespaces.start(this.host, ["env", ...environment, ...run]);
    child.stdout.resume();
    child.stderr.resume();
  }

  /** Kills it at once. */
  public async kill(): Promise<void> {
    await this.namespaces.run(this.host, ["kill", "-9", readFileSync(join(this.folder, "pid"), "utf8").trim()]);
  }

  /** What a start of the machine does: another boot, the rules that Debian's unit loads, and cloud-init has applied this. */
  public async startsAnew(base = "base-1"): Promise<void> {
    this.boots(base);
    const conf = join(this.folder, "nftables.conf");
    writeFileSync(conf, NFTABLES_CONF.replace("/var/lib/postazioni", join(this.folder, "rules")));
    await this.namespaces.run(this.host, ["nft", "-f", conf]);
  }

  private boots(base: string): void {
    this.boot += 1;
    writeFileSync(join(this.folder, "instance-id"), `${base}\n`);
    writeFileSync(join(this.folder, "boot"), `boot-${String(this.boot)}\n`);
  }

  /** Whether it told systemd to restart the machine. */
  public wasRestarted(): boolean {
    return existsSync(join(this.guestinfo, ".reboot"));
  }

  /** Offers rules, as Terraform does. */
  public offer(ruleset: string): void {
    this.give({ "guestinfo.postazioni.rules": packed(ruleset) });
  }

  /** Writes guestinfo, each key whole. */
  public give(settings: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(settings)) {
      writeFileSync(join(this.guestinfo, ".given"), value);
      renameSync(join(this.guestinfo, ".given"), join(this.guestinfo, key));
    }
  }

  /** All of its guestinfo, by key. */
  public settings(): Record<string, string> {
    const keys = readdirSync(this.guestinfo).filter((name) => name.startsWith("guestinfo."));
    return Object.fromEntries(keys.map((key) => [key, readFileSync(join(this.guestinfo, key), "utf8")]));
  }

  /** As an administrator reaches it through vCenter. @param path is taken anew for each call, and throws where it is cut */
  public access(path: () => Promise<void>): GatewayAccess {
    return {
      name: this.host,
      read: async () => {
        await path();
        return this.settings();
      },
      write: async (settings) => {
        await path();
        this.give(settings);
      },
    };
  }
}
