import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { PreflightReport } from "../../preflight/preflight";
import { LAB_DIRECTORY } from "../../lab/paths";
import { endOf, startCommand } from "../fixtures/command";
import { TestLab } from "./test-lab";

const MINUTE = 60_000;
const SAVED = join(LAB_DIRECTORY, "test-preflight");

jest.setTimeout(3 * MINUTE);

let lab: TestLab;

beforeAll(async () => {
  lab = await TestLab.start(1);
  rmSync(SAVED, { recursive: true, force: true });
  mkdirSync(SAVED, { recursive: true });
  for (const city of lab.cities) await lab.session.saveVcenter(city, join(SAVED, city));
}, 10 * MINUTE);

afterAll(async () => {
  rmSync(SAVED, { recursive: true, force: true });
  await lab.stop();
}, MINUTE);

async function held(city: string, ...options: string[]): Promise<{ code: number; report: PreflightReport }> {
  // Node reads the authority of a server's certificate when it starts, so who asks one is a process.
  const { code, out, err } = await endOf(
    startCommand(["preflight", city, "--format", "json", ...options], lab.session.environment(city)),
  );
  if (out === "") throw new Error(err);
  return { code: code ?? -1, report: JSON.parse(out) as PreflightReport };
}

describe.each(["milan", "catania"])("a vCenter as %s's file presupposes it", (city) => {
  test.each([
    ["asked", []],
    ["saved", ["--saved", join(SAVED, city)]],
  ])("%s, has nothing wrong", async (_, options) => {
    const { code, report } = await held(city, ...options);
    expect(report.findings.map(({ at, message }) => `${at}: ${message}`)).toEqual([]);
    expect({ code, result: report.result }).toEqual({ code: 0, result: "passed" });
  });
});
