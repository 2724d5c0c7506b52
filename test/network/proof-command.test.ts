import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

/** The command as a user types it. */
const ROOT = join(__dirname, "../..");
const MINUTE = 60_000;

function proof(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const command = ["cli/bootstrap.mjs", "proof", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

describe("proof", () => {
  test(
    "says how many packets were sent, how many arrived, and that none of them surprised",
    () => {
      const { code, out, err } = proof("piccola", "--environments", "test/fixtures");
      expect(code).toBe(0);
      expect(out).toMatch(
        /^[\d,]+ packets sent \([\d,]+ TCP, [\d,]+ UDP, [\d,]+ ICMP; [\d,]+ of them under another's address\)\n/,
      );
      expect(out).toContain("0 differences to what the analysis says\n");
      expect(err).toContain("Send packets through Piccola: done in");
    },
    2 * MINUTE,
  );

  test("ends with 2 for a city without gateways, and says why", () => {
    expect(proof("catania")).toMatchObject({ code: 2, err: expect.stringContaining("its own firewalls enforce") });
  });

  test(
    "ends with 130 at Ctrl-C, in a sentence and with nothing left running",
    async () => {
      const child = spawn(process.execPath, ["cli/bootstrap.mjs", "proof", "milan"], { cwd: ROOT });
      let err = "";
      child.stderr.on("data", (data: Buffer) => {
        err += data.toString();
        if (err.includes("Send packets through Milano ...") && !child.killed) child.kill("SIGINT");
      });
      const [code] = (await once(child, "exit")) as [number | null];
      expect(code).toBe(130);
      expect(err).toContain("Stopping everything that was started");
      expect(err).not.toContain("at async");
    },
    2 * MINUTE,
  );
});
