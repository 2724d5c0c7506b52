import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { identify, isRunning, treeOf } from "../../runtime/process-tree";
import { Redactor } from "../../runtime/redactor";
import { startService, withLifeline } from "../../lab/service";
import { temporaryFolder } from "./temporary-folder";
import { eventually } from "../fixtures/eventually";

const folder = temporaryFolder();
const env = { PATH: process.env.PATH ?? "" };

function server(script: string) {
  const command = withLifeline("/bin/sh", ["-c", script]);
  return { name: "the server", ...command, env, logFile: folder("log"), redactor: new Redactor() };
}

async function line(lines: readonly string[]): Promise<string> {
  await eventually(() => lines.length > 0);
  return lines[0] ?? "";
}

describe("a server", () => {
  test("is stopped with everything that it started, after a grace period also what does not heed it", async () => {
    const { service, value } = await startService(server("echo $$; sleep 300"), (_ended, lines) => line(lines));
    expect(service.running()).toBe(true);
    const tree = treeOf(service.pid);
    expect(tree.map(({ pid }) => pid)).toContain(Number(value));
    await service.stop();
    expect(service.running()).toBe(false);
    expect(tree.filter(isRunning)).toEqual([]);
  });

  test("that ends before it is ready fails with the end of its log", async () => {
    const never = () => new Promise<never>(() => undefined);
    const start = startService(server("echo port taken; exit 7"), never);
    await expect(start).rejects.toMatchObject({
      message: "the server ended with exit code 7 before it was ready",
      tail: ["port taken"],
    });
  });

  test("ends when the process that started it is killed", async () => {
    const { command, args } = withLifeline("/bin/sh", ["-c", "echo $$; exec sleep 300"]);
    const parent = `require("node:child_process").spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, {
      detached: true, stdio: ["pipe", "inherit", "inherit"] });`;
    const child = spawn(process.execPath, ["-e", parent], { stdio: ["ignore", "pipe", "inherit"] });
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const started = identify(Number(chunk.toString().trim()));
    expect(started).toBeDefined();
    child.kill("SIGKILL");
    await eventually(() => started === undefined || !isRunning(started));
  });
});
