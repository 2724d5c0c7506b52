import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { constants } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ownership } from "../../runtime/keeper";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import { soakTest } from "../fixtures/soak";
import { filesBelow } from "./files-below";
import { eventually } from "../fixtures/eventually";

/** What a user types, in a lab folder of its own, with a small city whose first pool has two stacks. */
const DIRECTORY = join(LAB_DIRECTORY, "test-commands");
const ENVIRONMENTS = join(DIRECTORY, "environments");
const MINUTE = 60_000;

interface Ended {
  /** As a shell counts it: a signal's number and 128 where one ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(command, [...args], {
    cwd: REPOSITORY,
    // Marked as this process's, so that not even a lab that stays outlives an interrupted jest.
    env: { ...process.env, ...ownership(), POSTAZIONI_LAB: DIRECTORY, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (data: Buffer) => (output.stdout += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (output.stderr += data.toString()));
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), ...output });
    });
  });
}

/** `npm run lab -- ARGS`, as a user's shell runs it. */
function lab(...args: string[]): Promise<Ended> {
  return ended(start("npm", ["run", "--silent", "lab", "--", ...args]));
}

function npx(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  return ended(start("npx", args, env));
}

/** Processes whose environment leads into the lab's folder: every child of the lab has its temporary folder there. */
function processes(): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && readProc(pid, "environ").includes(`TMPDIR=${DIRECTORY}/`))
    .map((pid) => readProc(pid, "cmdline").replaceAll("\0", " "));
}

/** Waits until a process of the lab runs whose command line begins so, or the runner has ended. */
async function seen(command: string, runner: ChildProcess): Promise<void> {
  await eventually(() => runner.exitCode !== null || processes().some((line) => line.startsWith(command)), 100);
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** What a user's own cdktf would leave in the repository were it not led to the lab's folder; names only. */
function ownFiles(): string[] {
  const folders = ["cdktf.out", "state"].map((name) => join(REPOSITORY, name));
  return folders.filter((folder) => existsSync(folder)).flatMap(filesBelow);
}

function variables(exports: string): NodeJS.ProcessEnv {
  const lines = exports.matchAll(/^export (\w+)='(.*)'$/gm);
  return Object.fromEntries([...lines].map(([, name, value]): [string, string] => [name ?? "", value ?? ""]));
}

beforeAll(() => {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(ENVIRONMENTS, { recursive: true });
  cpSync(join(REPOSITORY, "test", "fixtures", "sample.yaml"), join(ENVIRONMENTS, "sample.yaml"));
});

afterAll(async () => {
  await lab("down");
  rmSync(DIRECTORY, { recursive: true, force: true });
}, MINUTE);

describe("bad input", () => {
  test(
    "gives its violations and exit code 2, and starts and writes nothing",
    async () => {
      const folder = join(DIRECTORY, "bad");
      mkdirSync(folder);
      writeFileSync(
        join(folder, "sample.yaml"),
        readFileSync(join(ENVIRONMENTS, "sample.yaml"), "utf8").replace("seats: 5", "seat: 5"),
      );
      const { code, stderr } = await lab("--environments", folder);
      expect(stderr).toMatch(/sample\.yaml:\d+:\d+: pools\[name=anagrafe\]\.seat: .*seats/);
      expect(code).toBe(2);
      expect(existsSync(join(DIRECTORY, "run"))).toBe(false);
      rmSync(folder, { recursive: true });
    },
    MINUTE,
  );

  test(
    "of a command line is told with exit code 2",
    async () => {
      expect(await lab("up", "--seats", "many")).toMatchObject({ code: 2, stderr: expect.stringContaining("--seats") });
    },
    MINUTE,
  );
});

describe("a port that is taken", () => {
  test(
    "is named, and nothing is left running",
    async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const port = String((server.address() as AddressInfo).port);
      const { code, stderr } = await lab("up", "--environments", ENVIRONMENTS, "--vault-port", port);
      server.close();
      expect(stderr).toContain(port);
      expect(code).toBe(1);
      expect(processes()).toEqual([]);
    },
    MINUTE,
  );
});

describe("a lab that stays up", () => {
  const before = ownFiles();
  let env: NodeJS.ProcessEnv;

  test(
    "starts once",
    async () => {
      expect(await lab("up", "--environments", ENVIRONMENTS, "--seats", "0")).toMatchObject({ code: 0 });
      const second = await lab("up", "--environments", ENVIRONMENTS);
      expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining("a lab is already up") });
    },
    MINUTE,
  );

  test(
    "tells a shell the variables that lead to it",
    async () => {
      env = variables((await lab("env")).stdout);
      expect(Object.keys(env)).toEqual(expect.arrayContaining(["VAULT_ADDR", "GOVC_URL", "VSPHERE_USER"]));
    },
    MINUTE,
  );

  soakTest(
    "is what cdktf plans for with them",
    async () => {
      const list = await npx(env, "cdktf", "list");
      expect(list.stdout).toContain("sample-desktops-anagrafe-02");
      const diff = await npx(env, "cdktf", "diff", "sample-foundation");
      expect(stripVTControlCharacters(diff.stdout)).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    },
    2 * MINUTE,
  );

  soakTest(
    "is deployed to by `lab deploy` and by cdktf itself, stack by stack",
    async () => {
      expect(await lab("deploy", "sample-foundation")).toMatchObject({ code: 0 });
      const network = await npx(
        env,
        "cdktf",
        "deploy",
        "sample-network",
        "--auto-approve",
        "--ignore-missing-stack-dependencies",
      );
      expect(network).toMatchObject({ code: 0 });
      // What a user's own cdktf prints goes through no redaction.
      for (const secret of [env.VSPHERE_PASSWORD, env.VAULT_TOKEN]) {
        expect(secret).toMatch(/.{16}/);
        expect(network.stdout + network.stderr).not.toContain(secret);
      }
      expect(await lab("deploy", "sample")).toMatchObject({ code: 0 });
      const plan = await lab("plan", "sample");
      expect(plan.stdout.trim().split("\n")).toHaveLength(7);
      expect(plan.stdout).not.toMatch(/Plan:|not deployed/);
    },
    4 * MINUTE,
  );

  soakTest(
    "keeps a stack whose pool left the file, and says so instead of planning it",
    async () => {
      const file = join(ENVIRONMENTS, "sample.yaml");
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace("seats: 5", "seats: 3"));
      const orphaned = "sample-desktops-anagrafe-02: deployed, but no file declares it any more";
      const plan = await lab("plan", "sample");
      expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining(orphaned) });
      expect((await lab("status")).stdout).toContain(orphaned);
      writeFileSync(file, text);
      expect((await lab("plan", "sample-desktops-anagrafe-02")).stdout).toMatch(
        /^sample-desktops-anagrafe-02: no changes/,
      );
    },
    2 * MINUTE,
  );

  soakTest(
    "shows what stands",
    async () => {
      const { stdout } = await lab("status");
      expect(stdout).toMatch(/sample-desktops-anagrafe-02: deployed/);
      expect(stdout).toMatch(/vCenter virtual machines: 7 \(.*sa-ana-0001/);
      expect(stdout).toMatch(/Vault policies: 7 \(/);
    },
    MINUTE,
  );

  soakTest(
    "is destroyed by cdktf itself",
    async () => {
      const teardown = { ...env, POSTAZIONI_TEARDOWN: "true" };
      const destroyed = await npx(teardown, "cdktf", "destroy", "sample-*", "--auto-approve");
      expect(destroyed).toMatchObject({ code: 0 });
      // The user's own cdktf wrote beside the lab's states and nowhere else.
      expect(ownFiles()).toEqual(before);
      expect(ownFiles().filter((path) => path.includes("sample-"))).toEqual([]);
    },
    4 * MINUTE,
  );

  test(
    "is stopped, and leaves no process and no temporary folder",
    async () => {
      expect(await lab("down")).toMatchObject({ code: 0 });
      expect(processes()).toEqual([]);
      expect(existsSync(join(DIRECTORY, "tmp"))).toBe(false);
      expect(await lab("status")).toMatchObject({ code: 1, stderr: expect.stringContaining("no lab is up") });
    },
    MINUTE,
  );
});

describe("Ctrl-C in the middle of a deployment", () => {
  test(
    "ends with 130, and leaves no process and no temporary folder",
    async () => {
      const child = start("npm", ["run", "--silent", "lab", "--", "--environments", ENVIRONMENTS]);
      const end = ended(child);
      await seen("terraform apply", child);
      expect(child.exitCode).toBeNull();
      // A terminal sends it to the whole group: npm, and the runner below it.
      process.kill(-(child.pid ?? 0), "SIGINT");
      expect(await end).toMatchObject({ code: 130, stderr: expect.stringContaining("interrupted after") });
      expect(processes()).toEqual([]);
      expect(existsSync(join(DIRECTORY, "tmp"))).toBe(false);
    },
    2 * MINUTE,
  );
});
