import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessLab } from "../network/access-lab";
import { NamespaceShell } from "./namespace-shell";

/** A colour of a picture, `#rrggbb`, and how many pixels have it. */
export interface Colour {
  readonly colour: string;
  readonly pixels: number;
}

/** A person at a computer of the offices, with FreeRDP, and a connection file that he was given. */
export class RdpPerson {
  private constructor(
    public readonly login: string,
    private readonly shell: NamespaceShell,
  ) {}

  /** @param number one that nobody else has, from 0. @param hosts lines of /etc/hosts */
  public static async start(lab: AccessLab, login: string, number: number, hosts: string): Promise<RdpPerson> {
    writeFileSync(join(lab.folder, "hosts-of-people"), hosts);
    const display = `:${String(90 + number)}`;
    const setup = [
      `mount --bind ${lab.folder} /mnt; mount --bind /mnt/hosts-of-people /etc/hosts; mount -t tmpfs tmp /tmp`,
      `export HOME=/tmp DISPLAY=${display}`,
      `Xvfb ${display} -screen 0 800x600x24 -nolisten tcp >/dev/null 2>&1 </dev/null &`,
      `until xwininfo -root >/dev/null 2>&1; do sleep 0.2; done`,
    ];
    return new RdpPerson(login, await NamespaceShell.start(lab.namespaces, "people", setup.join("\n")));
  }

  /** Opens a connection file with his login. The seat's certificate is of another name than the access machines', and taken. */
  public async opens(file: string, password: string): Promise<void> {
    const options = `/u:${this.login} /d: /from-stdin:force /cert:ignore /size:800x600 /log-level:WARN`;
    await this.shell.run(
      `{ printf '%s\\n' '${password}' | exec xfreerdp ${file} ${options} >/tmp/client 2>&1; } & echo $! >/tmp/pid`,
    );
  }

  /** Whether his client is still running. */
  public async isConnected(): Promise<boolean> {
    return (await this.shell.run("pgrep -x xfreerdp")).code === 0;
  }

  /** What his client printed. */
  public async said(): Promise<string> {
    return (await this.shell.run("cat /tmp/client")).output;
  }

  /** Closes his client: his session goes on. */
  public async closes(): Promise<void> {
    await this.shell.run("pkill -x xfreerdp; while pgrep -x xfreerdp; do sleep 0.1; done");
  }

  /** Takes a picture of his screen, which is LOGIN.png in the lab's folder, and tells its most frequent colour. */
  public async sees(): Promise<Colour> {
    const { output } = await this.shell.run(
      `import -window root /mnt/${this.login}.png && ` +
        `convert /mnt/${this.login}.png -depth 8 -format %c histogram:info:- | sort -rn | head -n 1`,
    );
    const [, pixels = "0", colour = ""] = /^\s*(\d+):.*(#[0-9A-F]{6})/.exec(output) ?? [];
    return { colour: colour.toLowerCase(), pixels: Number(pixels) };
  }
}
