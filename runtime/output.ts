import { fstatSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { isatty } from "node:tty";
import { EXIT } from "./exit-code";
import { commandName } from "./failure";
import { messageOf } from "./errors";

/** The reader of a pipe or a socket has gone. */
const NOBODY_READS = ["EPIPE", "ECONNRESET"];

let ending: number | undefined;

/**
 * Handles output that cannot be written. A closed pipe, as after `head`: nothing more is printed, and the command
 * continues. A terminal that is gone: as SIGHUP. Anything else, such as a full disk: the command continues, reports it
 * and exits with 1.
 */
export function watchOutput(): void {
  const terminals = [0, 1, 2].filter((fd) => isatty(fd));
  process.on("exit", () => {
    if (ending !== undefined) process.exitCode = ending;
    if (!terminals.every((fd) => isatty(fd))) endBySignal();
  });
  watch(process.stdout, 1, "standard output");
  watch(process.stderr, 2, "standard error");
}

function watch(stream: NodeJS.WriteStream, fd: number, name: string): void {
  if (!(stream instanceof Socket)) writeWhole(stream, fd);
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (NOBODY_READS.includes(error.code ?? "") || ending !== undefined) return;
    if (error.code === "EIO" && fstatSync(fd).isCharacterDevice()) {
      hangUp();
      return;
    }
    ending = EXIT.failure;
    console.error(`${commandName()}: ${name} cannot be written: ${messageOf(error)}`);
  });
}

/**
 * With a full disk Node's stream to a file (Node 20 to 24) reports a write as done of which only the beginning was
 * written.
 */
function writeWhole(stream: NodeJS.WriteStream, fd: number): void {
  stream._write = (chunk: Buffer, _encoding, callback) => {
    try {
      writeFileSync(fd, chunk);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  };
}

/** The system sends SIGHUP to the foreground process group alone, so a failed write may be the first sign. */
function hangUp(): void {
  ending = EXIT.hungUp;
  if (!process.emit("SIGHUP", "SIGHUP")) process.exit(EXIT.hungUp);
}

/** Node 20 to 24 aborts where it cannot reset a terminal that is gone; shells report 129 for this signal too. */
function endBySignal(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}
