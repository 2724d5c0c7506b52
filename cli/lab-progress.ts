import { Listr, PRESET_TIMER } from "listr2";
import type { Progress, Say } from "../lab/progress";

const HEARTBEAT_MS = 10_000;
const WIDTH = 110;

/** Steps with a spinner and timers on a terminal; plain lines with elapsed seconds everywhere else. */
export function cliProgress(): Progress {
  const isTerminal = process.stderr.isTTY && process.env.NO_COLOR === undefined && process.env.CI === undefined;
  return isTerminal ? terminalProgress() : plainProgress();
}

function terminalProgress(): Progress {
  return {
    step: async <T>(title: string, work: (say: Say) => Promise<T>): Promise<T> => {
      const context: { result?: T } = {};
      const task = {
        title,
        task: async (_context: object, handle: { output: string }): Promise<void> => {
          context.result = await work((line) => {
            handle.output = shortened(line);
          });
        },
      };
      await new Listr<object>([task], {
        registerSignalListeners: false,
        rendererOptions: { timer: PRESET_TIMER, collapseErrors: true, showErrorMessage: false },
      }).run({});
      return context.result as T;
    },
  };
}

function plainProgress(): Progress {
  return {
    step: async <T>(title: string, work: (say: Say) => Promise<T>): Promise<T> => {
      const start = Date.now();
      const elapsed = (): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
      let last = "";
      const heartbeat = setInterval(() => {
        console.error(`  ${elapsed()}: ${shortened(last)}`);
      }, HEARTBEAT_MS);
      console.error(`${title} ...`);
      try {
        const result = await work((line) => {
          last = line;
        });
        console.error(`${title}: done in ${elapsed()}`);
        return result;
      } catch (error) {
        console.error(`${title}: failed after ${elapsed()}`);
        throw error;
      } finally {
        clearInterval(heartbeat);
      }
    },
  };
}

function shortened(line: string): string {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
