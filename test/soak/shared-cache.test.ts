import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { sharedPaths } from "../../lab/paths";
import { Workplace } from "../fixtures/guide";

const MINUTE = 60_000;
const GROUP = -1;

jest.setTimeout(10 * MINUTE);

/** Two checkouts, and the tools that they share, with all but the simulated vCenter. */
let clones: readonly [Workplace, Workplace];
const cache = mkdtempSync(join(tmpdir(), "shared-cache-"));

beforeAll(() => {
  clones = [new Workplace(), new Workplace()];
  const { tools, mirror, cache: goCache } = sharedPaths();
  mkdirSync(join(cache, "tools"));
  for (const name of readdirSync(tools).filter((one) => /^(?:bao-|stamps$)/.test(one)))
    cpSync(join(tools, name), join(cache, "tools", name), { recursive: true });
  cpSync(mirror, join(cache, "mirror"), { recursive: true });
  symlinkSync(goCache, join(cache, "cache"));
  for (const name of readdirSync(join(cache, "tools/stamps")).filter((one) => one.startsWith("vcenter")))
    rmSync(join(cache, "tools/stamps", name));
});

afterAll(async () => {
  await Promise.all(clones.map((clone) => lab(clone, "down").done));
  for (const clone of clones) clone.remove();
  rmSync(cache, { recursive: true, force: true });
}, MINUTE);

interface Typed {
  readonly child: ChildProcess;
  readonly done: Promise<{ readonly code: number | null; readonly said: string }>;
}

/** A command of the lab in a checkout. */
function lab({ folder }: Workplace, ...args: readonly string[]): Typed {
  const child = spawn(process.execPath, ["cli/bootstrap.mjs", "lab", ...args], {
    ...{ cwd: folder, detached: true, stdio: ["ignore", "ignore", "pipe"] },
    env: { ...process.env, POSTAZIONI_CACHE: cache, CI: "1" },
  });
  const end = once(child, "exit") as Promise<[number | null]>;
  const done = Promise.all([end, text(child.stderr)]).then(([[code], said]) => ({ code, said }));
  return { child, done };
}

function vcenters(): string[] {
  return readdirSync(join(cache, "tools")).filter((name) => name.startsWith("vcenter"));
}

test("two checkouts that start at once make each tool once, after one that was killed while it made it", async () => {
  const killed = lab(clones[0], "up");
  await new Promise<void>((resolve) => {
    killed.child.stderr?.on("data", (data: Buffer) => {
      if (data.toString().includes("Build vcenter")) resolve();
    });
  });
  process.kill(GROUP * (killed.child.pid ?? 0), "SIGKILL");
  await killed.done;
  expect(vcenters()).toEqual([]);

  const ups = await Promise.all(clones.map((clone) => lab(clone, "up").done));
  expect(ups.map(({ code, said }) => ({ code, said }))).toEqual(ups.map(({ said }) => ({ code: 0, said })));
  expect(ups.filter(({ said }) => said.includes("Build vcenter"))).toHaveLength(1);
  expect(vcenters()).toHaveLength(1);
  await Promise.all(clones.map((clone) => lab(clone, "down").done));
});

test("a checkout with other sources of the simulated vCenter builds its own, and the other one's stays", async () => {
  const [first] = vcenters();
  appendFileSync(join(clones[1].folder, "lab/vcenter/main.go"), "\n// Changed.\n");
  const changed = await lab(clones[1], "up").done;
  expect(changed).toMatchObject({ code: 0, said: expect.stringContaining("Build vcenter") });
  expect(vcenters()).toHaveLength(2);
  expect(vcenters()).toContain(first);
  const unchanged = await lab(clones[0], "up").done;
  expect(unchanged).toMatchObject({ code: 0, said: expect.not.stringContaining("Build") });
});
