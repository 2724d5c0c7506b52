import { fstatSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { isatty } from "node:tty";
import { commandName } from "./failure";
import { messageOf } from "./errors";

/** Shells count a program that a signal ended as 128 and the signal's number. */
const HUNG_UP = 129;
const FAILURE = 1;
/** Whoever reads has gone: a pipe, and a socket. */
const NOBODY_READS = ["EPIPE", "ECONNRESET"];

let ending: number | undefined;

/**
 * Says what becomes of a command whose output cannot be written. Nobody reads a pipe any more, as `head` that has enough: what follows is
 * not printed, and the command goes on. A terminal is gone: as SIGHUP. Anything else, as a full disk: it goes on, says so and ends with 1.
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
    ending = FAILURE;
    console.error(`${commandName()}: ${name} cannot be written: ${messageOf(error)}`);
  });
}

/** Node's own stream to a file takes a write for done of which a full disk took only the beginning (Node 20 to 24). */
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

/** The system sends SIGHUP only to the process group in the foreground, so that a write may be the first to tell. */
function hangUp(): void {
  ending = HUNG_UP;
  if (!process.emit("SIGHUP", "SIGHUP")) process.exit(HUNG_UP);
}

/** Node 20 to 24 aborts where it cannot set a terminal back that is gone; shells count this as 129 too. */
function endBySignal(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}
