import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import type { Namespaces } from "../../proof/namespaces";

/** Namespaces of its own: what runs there ends with it, and sees nothing of others. */
const SPACES = ["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"] as const;
const READY = "-- ready";
/** Runs what it is told, a line at a time, and says how each ended. */
const LOOP = `echo '${READY}'
while IFS= read -r line; do (eval "$line") </dev/null 2>&1; printf '\\n-- %s\\n' $?; done`;

/** A machine that a test works at: a shell in namespaces of its own, in a network namespace of a lab. */
export class NamespaceShell {
  private last: Promise<unknown> = Promise.resolve();
  private hasEnded = false;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: Interface,
  ) {
    lines.once("close", () => (this.hasEnded = true));
  }

  /** @param setup lines of a shell, run first. @throws Error with what it printed where it fails */
  public static async start(namespaces: Namespaces, host: string, setup: string): Promise<NamespaceShell> {
    const child = namespaces.start(host, [...SPACES, "sh", "-ec", `exec 2>&1\n${setup}\nset +e\n${LOOP}`]);
    child.stderr.resume();
    const shell = new NamespaceShell(child, createInterface({ input: child.stdout }));
    await shell.until((line) => line === READY);
    return shell;
  }

  /** Runs a line of shell, after those before. What goes on in the background prints elsewhere. @throws Error where it has ended */
  public run(line: string): Promise<{ readonly code: number; readonly output: string }> {
    const ran = this.last.then(() => this.ran(line));
    this.last = ran.catch(() => undefined);
    return ran;
  }

  /** Ends it, and all that runs there. */
  public end(): Promise<void> {
    return new Promise((resolve) => {
      this.child.once("close", () => {
        resolve();
      });
      this.child.stdin.end();
    });
  }

  private async ran(line: string): Promise<{ readonly code: number; readonly output: string }> {
    if (this.hasEnded) throw new Error(`it has ended: ${line}`);
    const ended = this.until((each) => /^-- \d+$/.test(each));
    this.child.stdin.write(`${line}\n`);
    const printed = await ended;
    return { code: Number(printed.pop()?.slice(3)), output: printed.join("\n").trimEnd() };
  }

  private until(isLast: (line: string) => boolean): Promise<string[]> {
    const printed: string[] = [];
    return new Promise((resolve, reject) => {
      const closed = (): void => {
        reject(new Error(`it ended: ${printed.join("\n")}`));
      };
      const take = (line: string): void => {
        printed.push(line);
        if (!isLast(line)) return;
        this.lines.off("line", take).off("close", closed);
        resolve(printed);
      };
      this.lines.on("line", take).on("close", closed);
    });
  }
}
