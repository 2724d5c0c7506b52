import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import type { Ended, GuideStep } from "../fixtures/guide";
import { seriesOf } from "../fixtures/promtool";
import { workedThrough } from "../fixtures/worked-through";
import { TestLab, useShipped } from "../lab/test-lab";
import { GuideLab } from "./guide-lab";

const MINUTE = 60_000;
const PAUSE_MS = 500;
/** What is deployed before the guide begins. */
const FIRST = ["foundation", "network", "secrets", "desktops-anagrafe-01"].map((stack) => `milan-${stack}`);
const LISTEN = /^npm run .*--listen (127\.0\.0\.1:\d+)$/m;

const textfiles = mkdtempSync(join(tmpdir(), "textfiles-"));
let reader: GuideLab;
let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1, useShipped);
  reader = new GuideLab(lab);
  await reader.deploy(FIRST);
  Object.assign(process.env, {
    ...lab.session.environment("milan"),
    VAULT_TOKEN: await lab.branchToken("milan", "secrets"),
    TEXTFILES: textfiles,
  });
}, 30 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
  rmSync(textfiles, { recursive: true });
}, MINUTE);

/** A service is started as the guide says, asked as Prometheus does, and ended; what it tells is the step's output. */
async function served({ content }: GuideStep, address: string): Promise<Ended> {
  const service = spawn("bash", ["-c", `exec 2>&1\n${content}`], {
    cwd: REPOSITORY,
    env: { ...process.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(service, "close");
  let said = "";
  service.stdout.on("data", (chunk) => (said += String(chunk)));
  try {
    const text = await answer(address, () => service.exitCode !== null);
    const file = join(textfiles, "answer.txt");
    writeFileSync(file, text);
    return { output: `${seriesOf(file).join("\n")}\n`, code: 0 };
  } catch (error) {
    return { output: `${said}${String(error)}`, code: 1 };
  } finally {
    if (service.pid !== undefined && service.exitCode === null) process.kill(-service.pid, "SIGTERM");
    await ended;
    rmSync(join(textfiles, "answer.txt"), { force: true });
  }
}

/** Asks until it answers; the step's limit ends what never does. */
async function answer(address: string, isOver: () => boolean): Promise<string> {
  for (;;) {
    const response = await fetch(`http://${address}/metrics`).catch(() => undefined);
    if (response?.ok === true) return response.text();
    if (isOver()) throw new Error("the service ended");
    await setTimeout(PAUSE_MS);
  }
}

/** The guide as its reader works through it, in a lab: a simulated vCenter and a real Vault-compatible server. */
workedThrough("monitoring", () => ({
  take: (step) => {
    const [, address] = LISTEN.exec(step.content) ?? [];
    return address === undefined ? reader.take(step) : served(step, address);
  },
}));
