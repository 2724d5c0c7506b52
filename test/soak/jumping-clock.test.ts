import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { recover } from "./killing";
import { DESKTOPS, StoreLab } from "./store-lab";
import type { Started } from "./store-lab";
import { eventually } from "../fixtures/eventually";

const MINUTE = 60_000;
/** Debian's; it changes what a program that uses libc is told, so Node, and no program of Go's such as Terraform. */
const LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
/** As libfaketime writes them. */
const JUMPS = ["+1h", "-1h", "+1y", "-1y"] as const;
/** A year away the lab's certificates are not valid: nothing is sent then. */
const UNTRUSTED = /certificate of \S+ is not trusted \(certificate (?:has expired|is not yet valid)\)/;

jest.setTimeout(30 * MINUTE);

let lab: StoreLab;

beforeAll(async () => {
  lab = await StoreLab.start("local");
}, 30 * MINUTE);

afterAll(() => lab.stop(), MINUTE);

/** The variables for a program whose clock is what a file says. */
function clock(): { readonly file: string; readonly variables: Readonly<Record<string, string>> } {
  const file = join(lab.session.paths.directory, "clock");
  writeFileSync(file, "+0\n");
  const told = { FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" };
  return { file, variables: { LD_PRELOAD: LIBRARY, ...told } };
}

/** A deployment of the machines that clones just now, by a clock that can be set. */
async function cloning(): Promise<Started & { readonly file: string }> {
  await lab.synthesize();
  await lab.destroy(DESKTOPS);
  const log = join(lab.session.paths.directory, "deploy.out", "logs", `${DESKTOPS}-apply.log`);
  rmSync(log, { force: true });
  const { file, variables } = clock();
  const started = lab.started(["deploy", "--yes"], variables);
  const isCloning = (): boolean => existsSync(log) && readFileSync(log, "utf8").includes("Creating...");
  await eventually(() => started.child.exitCode !== null || isCloning());
  return { ...started, file };
}

/** What a command says that is neither well nor a refusal for a certificate; undefined where nothing is. */
function wrongIn(jump: string, { code, out }: Awaited<Started["ended"]>): string | undefined {
  const isRefused = jump.endsWith("y") && code === 1 && UNTRUSTED.test(out);
  return !out.includes("unexpectedly") && (code === 0 || isRefused) ? undefined : out;
}

async function expectWhole(): Promise<void> {
  expect(await lab.deploy()).toMatchObject({ code: 0 });
  expect(await lab.typed("deploy", "--dry-run")).toEqual({
    code: 0,
    out: expect.stringMatching(/^3 stacks without change$/m),
  });
  expect(await lab.machines()).toEqual(["vx-uff-0001", "vx-uff-0002", "vx-uff-0003"]);
}

describe("a clock that jumps", () => {
  test.each(JUMPS)("by %s while a deployment clones ends nothing, and the next plan is empty", async (jump) => {
    const { ended, file } = await cloning();
    writeFileSync(file, `${jump}\n`);
    expect(wrongIn(jump, await ended)).toBeUndefined();
    await recover(lab);
    await expectWhole();
  });

  test.each(JUMPS)("by %s between two deployments changes no plan, or no login is sent", async (jump) => {
    const { file, variables } = clock();
    writeFileSync(file, `${jump}\n`);
    for (const args of [["deploy", "--dry-run"], ["recover"]])
      expect(wrongIn(jump, await lab.started(args, variables).ended)).toBeUndefined();
  });

  test.each(["+1h", "-1h"])("by %s does not make Ctrl-C kill a Terraform that clones", async (jump) => {
    const { child, ended, file } = await cloning();
    child.kill("SIGINT");
    writeFileSync(file, `${jump}\n`);
    expect(await ended).toMatchObject({ code: 130 });
    // What was being cloned is in the state, so nothing is left.
    expect(await lab.typed("recover")).toMatchObject({ code: 0 });
    await expectWhole();
  });
});
