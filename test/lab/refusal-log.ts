import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabPaths } from "../../lab/paths";

/** A call that a simulated vCenter refused its second login. */
export interface Refusal {
  /** A method of the SOAP API, or method and kind of thing of the REST API. */
  readonly call: string;
  readonly privilege: string;
}

const LINE = /^vcenter: refused to \S+: (.+) needs (\S+) on \S*$/;
const THING = /^(\w+) \/.*\/(category|tag|tag-association)(?:\/.*)?$/;
const PATIENCE_MS = 2000;
const POLL_MS = 20;

/** The log of a city's simulated vCenter, read on from where it was read last. */
export class RefusalLog {
  private readonly file: string;
  private read = 0;

  public constructor(paths: LabPaths, city: string) {
    this.file = join(paths.logs, `vcenter-${city}.log`);
  }

  /** What was refused since the last call. */
  public refusals(): Refusal[] {
    const lines = readFileSync(this.file, "utf8").split("\n").slice(0, -1);
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.flatMap((line) => {
      const [, call = "", privilege = ""] = LINE.exec(line) ?? [];
      return privilege === "" ? [] : [{ call: call.replace(THING, "$1 $2"), privilege }];
    });
  }

  /** The same, waiting for the first: the log is written a moment after the answer. */
  public async awaited(): Promise<Refusal[]> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const refusals = this.refusals();
      if (refusals.length > 0) return refusals;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return [];
  }
}
