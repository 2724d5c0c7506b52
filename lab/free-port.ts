import { createServer } from "node:net";
import { CommandError } from "../runtime/errors";

/**
 * A free port on loopback, for servers that cannot choose one themselves. The wanted one is tried first, to report
 * plainly if it is taken.
 * @param wanted 0 for any. @param help what the user can do about a taken port
 * @throws CommandError when the wanted port cannot be used
 */
export function freePort(wanted = 0, help = "choose another"): Promise<number> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once("error", (error: NodeJS.ErrnoException) => {
      reject(new CommandError(`${portTrouble(wanted, error)}: ${help}`));
    });
    trial.listen(wanted, "127.0.0.1", () => {
      const address = trial.address();
      const port = typeof address === "object" && address !== null ? address.port : wanted;
      trial.close(() => {
        resolve(port);
      });
    });
  });
}

/** Why a port cannot be used. */
export function portTrouble(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === "EADDRINUSE") return `port ${String(port)} is taken`;
  if (code === "EACCES") return `port ${String(port)} may not be used by this user (the system keeps low ones)`;
  return `port ${String(port)} cannot be used (${message})`;
}
