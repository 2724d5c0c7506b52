import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabPaths } from "../../lab/paths";

/** A call of the second login of a simulated vCenter, with a privilege that it needs. */
export interface PrivilegeUse {
  /** A method of the SOAP API, or method and kind of thing of the REST API. */
  readonly call: string;
  readonly privilege: string;
}

interface Line extends PrivilegeUse {
  readonly refused: boolean;
}

const LINE = /^vcenter: (refused|permitted) to \S+: (.+) (?:needs|by) (\S+) on \S*$/;
const THING = /^(\w+) \/.*\/(category|tag|tag-association)(?:\/.*)?$/;
const PATIENCE_MS = 60_000;
const POLL_MS = 20;

/** The log of a city's simulated vCenter, read on from where it was read last. */
export class PrivilegeLog {
  private readonly file: string;
  private read = 0;

  public constructor(paths: LabPaths, city: string) {
    this.file = join(paths.logs, `vcenter-${city}.log`);
  }

  /** What was refused since the last call. */
  public refusals(): PrivilegeUse[] {
    return this.lines().filter(({ refused }) => refused);
  }

  /** The same, waiting for the first: the log is written a moment after the answer. */
  public async awaited(): Promise<PrivilegeUse[]> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const refusals = this.refusals();
      if (refusals.length > 0) return refusals;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return [];
  }

  /**
   * What was permitted since the last call, and what was refused, up to a refusal that is provoked now: all that was said before it
   * has been read then.
   * @param provoke is refused for a privilege that nothing else is refused for
   */
  public async uses(provoke: () => Promise<string>): Promise<{ permitted: PrivilegeUse[]; refused: PrivilegeUse[] }> {
    const last = await provoke();
    const seen: Line[] = [];
    while (!seen.some(({ privilege, refused }) => refused && privilege === last)) {
      seen.push(...this.lines());
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return {
      permitted: seen.filter(({ refused }) => !refused),
      refused: seen.filter(({ privilege, refused }) => refused && privilege !== last),
    };
  }

  private lines(): Line[] {
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.flatMap((line) => {
      const [, kind, call = "", privilege = ""] = LINE.exec(line) ?? [];
      return privilege === "" ? [] : [{ call: call.replace(THING, "$1 $2"), privilege, refused: kind === "refused" }];
    });
  }
}
