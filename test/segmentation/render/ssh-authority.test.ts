import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { sshAuthority } from "../../../segmentation/render/ssh-authority";

const TRUST = { publicKey: "https://vault.example/v1/small/ssh/public_key", principals: ["ops@small-gateways"] };
const UNIT = "postazioni-ssh-authority.service";
const folder = mkdtempSync(join(tmpdir(), "gateway-"));
const asked = join(folder, "asked");

beforeEach(() => {
  rmSync(join(folder, UNIT), { force: true });
  writeFileSync(asked, "");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs what cloud-init would on a gateway whose systemd knows these units, and says how each line ended. */
function codes(trust: typeof TRUST | undefined, units: readonly string[]): (number | null)[] {
  const known = units.map((unit) => `*"${unit}"*) exit 0 ;;`).join("\n");
  writeFileSync(join(folder, "systemctl"), `#!/bin/sh\necho "$*" >>${asked}\ncase "$*" in\n${known}\nesac\nexit 5\n`);
  chmodSync(join(folder, "systemctl"), 0o755);
  return sshAuthority(trust).commands.map((line) => {
    const own = line.replaceAll("/etc/systemd/system", folder);
    return spawnSync("/bin/sh", ["-c", own], { env: { PATH: `${folder}:/usr/bin:/bin` } }).status;
  });
}

function told(): string[] {
  return readFileSync(asked, "utf8").trim().split("\n");
}

const RELOADS = ["try-reload-or-restart ssh.service", "try-reload-or-restart sshd.service"];

describe("a gateway", () => {
  test.each(["ssh.service", "sshd.service"])(
    "whose sshd is %s has it read its settings, and fetches the key",
    (sshd) => {
      expect(codes(TRUST, [` ${sshd}`, UNIT])).toEqual([0, 0, 0]);
      expect(told()).toEqual([...RELOADS, `enable --now --no-block ${UNIT}`]);
    },
  );

  test("that is to believe nobody any more fetches no key any more", () => {
    writeFileSync(join(folder, UNIT), "");
    expect(codes(undefined, [" ssh.service"])).toEqual([0, 0, 0]);
    expect(told()).toEqual([`disable --now ${UNIT}`, ...RELOADS]);
  });

  test("that never believed anybody is asked nothing", () => {
    expect(codes(undefined, [])).toEqual([0, 0, 0]);
    expect(told()).toEqual([""]);
  });
});
