import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { GUESTINFO_KEYS } from "../../secrets/guestinfo";
import type { Guestinfo } from "../../secrets/guestinfo";
import { putProgram } from "../boot/programs";
import { VMTOOLSD } from "../network/access-programs";
import { HOST } from "./forged-authority";
import type { ForgedAuthority } from "./forged-authority";

const PROGRAM = join(__dirname, "../../remote-desktop/render/access-certificate.py");
/** Runs it by another clock. */
const WITH_CLOCK = `import os, runpy, time
right = time.time
time.time = lambda: right() + int(os.environ["AHEAD_SECONDS"])
runpy.run_path(os.environ["PROGRAM"], run_name="__main__")`;
export const DAY_SECONDS = 86_400;

/** What a machine keeps between two runs. */
export type Kept = Readonly<Record<string, unknown>>;

/** An access machine that fetches its certificate from a forged Vault: the real program, with its files in a folder. */
export class CertifiedMachine {
  /** What its program said the last time. */
  public said = "";

  public constructor(
    private readonly folder: string,
    private readonly vault: ForgedAuthority,
  ) {
    rmSync(folder, { recursive: true, force: true });
    for (const name of ["bin", "guestinfo", "haproxy", "kept"]) mkdirSync(join(folder, name), { recursive: true });
    putProgram(join(folder, "bin"), "vmtoolsd", VMTOOLSD);
  }

  public get kept(): Kept {
    return JSON.parse(readFileSync(this.keptFile, "utf8")) as Kept;
  }

  /** Writes what it keeps anew. */
  public set kept(changed: Kept) {
    writeFileSync(this.keptFile, JSON.stringify(changed));
  }

  private get keptFile(): string {
    return join(this.folder, "kept", "certificate.json");
  }

  public guestinfo(field: keyof Guestinfo): string {
    return readFileSync(join(this.folder, "guestinfo", GUESTINFO_KEYS[field]), "utf8").trim();
  }

  public tell(told: Partial<Guestinfo>): void {
    for (const [field, value] of Object.entries(told))
      writeFileSync(join(this.folder, "guestinfo", GUESTINFO_KEYS[field as keyof Guestinfo]), value);
  }

  /** Puts a first secret into its guestinfo, as `secrets first` does. */
  public firstSecret(wrapped = "a-wrapping-token"): void {
    const expires = String(Math.floor(Date.now() / 1000) + 3600);
    this.tell({ wrapped, accessor: `accessor of ${wrapped}`, roleId: "a-role", expires, state: "" });
  }

  /** Whether it can keep anything: where not, a folder stands in the way, which root cannot write over either. */
  public allowsKeeping(allowed: boolean): void {
    if (allowed) rmSync(`${this.keptFile}.new`, { recursive: true });
    else mkdirSync(`${this.keptFile}.new`);
  }

  /** A file of HAProxy's. */
  public file(name: string): string {
    return readFileSync(join(this.folder, "haproxy", name), "utf8");
  }

  /** Runs the program. @param ahead how many days its clock is ahead of Vault's @returns its state by guestinfo */
  public async fetches({ host = HOST, ahead = 0, root = this.vault.root.fingerprint } = {}): Promise<string> {
    const rest = ["-c", WITH_CLOCK, this.vault.address, "porto", host, root];
    const env = {
      PATH: `${join(this.folder, "bin")}:${process.env.PATH ?? ""}`,
      GUESTINFO: join(this.folder, "guestinfo"),
      POSTAZIONI_KEPT: this.keptFile,
      POSTAZIONI_CERTIFICATES: join(this.folder, "haproxy"),
      POSTAZIONI_VAULT_PROTOCOL: "http",
      PROGRAM,
      AHEAD_SECONDS: String(ahead * DAY_SECONDS),
    };
    const child = spawn("python3", rest, { env, stdio: ["ignore", "ignore", "pipe"] });
    this.said = await text(child.stderr);
    return this.guestinfo("state");
  }
}
