import { Listr, PRESET_TIMER } from "listr2";
import { Interrupted } from "../runtime/errors";
import type { Progress, Say } from "../runtime/progress";

const HEARTBEAT_MS = 10_000;
const WIDTH = 110;

/** Steps with a spinner and timers on a terminal; elsewhere plain lines with the elapsed seconds. */
export function cliProgress(): Progress {
  const isTerminal = process.stderr.isTTY && process.env.NO_COLOR === undefined && process.env.CI === undefined;
  return isTerminal ? terminalProgress() : plainProgress();
}

/** Plain lines with the elapsed seconds. @param print gets each line. @default - standard error */
export function plainProgress(print: Say = console.error): Progress {
  return {
    step: async <T>(title: string, work: (say: Say) => Promise<T>): Promise<T> => {
      const start = performance.now();
      const elapsed = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
      let last = "";
      const heartbeat = setInterval(() => {
        print(`  ${elapsed()}: ${shortened(last)}`);
      }, HEARTBEAT_MS);
      print(`${title} ...`);
      try {
        const result = await work((line) => {
          last = line;
        });
        print(`${title}: done in ${elapsed()}`);
        return result;
      } catch (error) {
        print(`${title}: ${howItEnded(error)} after ${elapsed()}`);
        throw error;
      } finally {
        clearInterval(heartbeat);
      }
    },
  };
}

function terminalProgress(): Progress {
  return {
    step: async <T>(title: string, work: (say: Say) => Promise<T>): Promise<T> => {
      const context: { result?: T } = {};
      const run = async (_context: object, handle: { title?: string; output: string }): Promise<void> => {
        const say: Say = (line) => {
          handle.output = shortened(line);
        };
        context.result = await work(say).catch((error: unknown) => {
          handle.title = `${title}: ${howItEnded(error)}`;
          throw error;
        });
      };
      // Lines are cut, because a wrapped line would move the whole view up and down.
      const rendererOptions = { timer: PRESET_TIMER, collapseErrors: true, showErrorMessage: false };
      await new Listr<object>([{ title, task: run }], {
        registerSignalListeners: false,
        rendererOptions: { ...rendererOptions, formatOutput: "truncate" },
      }).run({});
      return context.result as T;
    },
  };
}

function howItEnded(error: unknown): string {
  return error instanceof Interrupted ? "interrupted" : "failed";
}

function shortened(line: string): string {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
