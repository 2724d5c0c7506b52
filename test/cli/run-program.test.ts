import { expect, jest, test } from "@jest/globals";
import { runProgram } from "../../cli/run-program";
import { identify } from "../../runtime/process-tree";
import { eventually } from "../fixtures/eventually";

/** A command may take its time on a busy machine. */
jest.setTimeout(60_000);

/**
 * A shell that ends with 9 where it is asked to, and has started another program. That tells its id itself: it has the shell's trap
 * until it has begun, and a signal that comes before is lost.
 */
const SHELL = "trap 'exit 9' TERM; sh -c 'echo $$; exec sleep 60 >/dev/null 2>&1' & wait";
const PAUSE_MS = 500;

async function ended(asks: "itself" | "all"): Promise<{ readonly code: number; readonly isOtherLeft: boolean }> {
  const controller = new AbortController();
  let other = 0;
  const onLine = (line: string): void => {
    other = Number(line);
    controller.abort();
  };
  const watch = { say: () => undefined, onLine, signal: controller.signal };
  const code = await runProgram({ command: "sh", args: ["-c", SHELL], ...watch, asks });
  // One that was asked too may take a moment, however long: the test's limit ends it where it was not.
  if (asks === "all") await eventually(() => identify(other) === undefined);
  // One that was not asked is still there; a busy machine may only hide that it is about to end.
  if (asks === "itself") await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const isOtherLeft = identify(other) !== undefined;
  if (isOtherLeft) process.kill(other, "SIGKILL");
  return { code, isOtherLeft };
}

test("a program that is interrupted is asked to end with all that it started", async () => {
  expect(await ended("all")).toMatchObject({ isOtherLeft: false });
});

test("a program that ends what it started itself is asked alone", async () => {
  expect(await ended("itself")).toEqual({ code: 9, isOtherLeft: true });
});
