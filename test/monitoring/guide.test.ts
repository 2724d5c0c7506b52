import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { REPOSITORY } from "../../runtime/paths";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

const GUIDE = readFileSync(join(REPOSITORY, "docs", "guides", "monitoring.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "monitoring-guide-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Milan's section, as the guide shows it and as the file says it. */
function section(text: string): Record<string, unknown> {
  return (parse(text) as { monitoring: Record<string, unknown> }).monitoring;
}

test("the guide's section is the shipped file's, but for its service levels", () => {
  const { serviceLevels, ...shown } = section(readFileSync(join(REPOSITORY, "environments", "milan.yaml"), "utf8"));
  expect(section(/```yaml\n([^]*?)```/.exec(GUIDE)?.[1] ?? "")).toEqual(shown);
  expect(serviceLevels).toBeDefined();
});

test.each(["milan", "catania"])(
  "the configuration of %s is written and checked with the guide's commands",
  async (city) => {
    const commands = (/## Write the configuration\n\n```sh\n([^]*?)```/.exec(GUIDE)?.[1] ?? "").trim().split("\n");
    const [report = "", ...others] = commands.map((line) => line.replace("npm run report -- ", "report "));
    const checks = others.filter((line) => /^(?:promtool|amtool) /.test(line));
    const cwd = join(folder, city);
    const args = [...report.replace("milan", city).split(" ").slice(0, -1), join(cwd, "monitoring")];
    expect(await typedHere(args)).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "monitoring", "vault-token"), "");
    expect(checks).toHaveLength(2);
    for (const check of checks) {
      const [program = "", ...rest] = check.split(" ");
      expect(execFileSync(program, rest, { cwd, encoding: "utf8" })).toContain("SUCCESS");
    }
  },
);

test("a city without the section is told what to add", async () => {
  const { code, err } = await typedHere(["report", "monitoring", "catania", "--out", folder, "--environments", CITIES]);
  expect(code).toBe(2);
  expect(err).toContain("catania has no monitoring: say in its file who answers alerts (docs/guides/monitoring.md)");
});
