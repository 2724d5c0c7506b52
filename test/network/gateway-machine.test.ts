import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import { securityUpdates } from "../../segmentation/render/security-updates";
import { OWN_HOST_KEYS } from "../../segmentation/render/ssh-host-keys";

/** What a gateway does of itself, with Debian's own programs. */
const OF_DEBIAN =
  'Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=${distro_codename},label=Debian"; };\n';
const HOUR = /^(\d\d):00$/;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gateway-machine-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("a gateway's host keys", () => {
  const ssh = () => join(folder, "etc/ssh");

  /** The public host keys after a boot of the machine that the hypervisor knows by this number. */
  function boot(machine: string): string[] {
    writeFileSync(join(folder, "product_uuid"), `${machine}\n`);
    const script = OWN_HOST_KEYS.replaceAll("/sys/class/dmi/id/product_uuid", join(folder, "product_uuid"))
      .replaceAll("/etc/ssh", ssh())
      .replace("ssh-keygen -A", `ssh-keygen -A -f ${folder}`);
    execFileSync("sh", ["-c", script], { stdio: "ignore" });
    return keys();
  }

  function keys(): string[] {
    const files = readdirSync(ssh()).filter((name) => name.endsWith(".pub"));
    return files.map((name) => readFileSync(join(ssh(), name), "utf8")).sort();
  }

  test("are made anew where a template, or another gateway, brought them along, and then stay", () => {
    mkdirSync(ssh(), { recursive: true });
    execFileSync("ssh-keygen", ["-A", "-f", folder], { stdio: "ignore" });
    const brought = keys();
    expect(brought.length).toBeGreaterThan(1);
    const first = boot("4230-a");
    expect(first).toHaveLength(brought.length);
    expect(first.filter((key) => brought.includes(key))).toEqual([]);
    expect(boot("4230-a")).toEqual(first);
    const clone = boot("4230-b");
    expect(clone.filter((key) => first.includes(key))).toEqual([]);
    expect(boot("4230-b")).toEqual(clone);
  });

  test("are made where a template brings none", () => {
    mkdirSync(ssh(), { recursive: true });
    const made = boot("4230-a");
    expect(made.length).toBeGreaterThan(1);
    expect(boot("4230-a")).toEqual(made);
  });
});

describe("a gateway's updates", () => {
  /** Every setting as apt reads it, behind those that Debian's package brings. */
  function settings(text: string): string[] {
    writeFileSync(join(folder, "50unattended-upgrades"), OF_DEBIAN);
    writeFileSync(join(folder, "52postazioni"), text);
    const main = join(folder, "apt.conf");
    writeFileSync(main, `Dir::Etc::parts "${folder}";\n`);
    const dump = execFileSync("apt-config", ["dump"], { encoding: "utf8", env: { ...process.env, APT_CONFIG: main } });
    return dump.split("\n");
  }

  function values(lines: readonly string[], key: string): string[] {
    return lines.flatMap((line) => (line.startsWith(`${key} "`) ? [line.slice(key.length + 2, -2)] : []));
  }

  test.each(MEMBERS)("are those of security alone, and run of themselves: gateway %d", (member) => {
    const lines = settings(securityUpdates(member));
    expect(values(lines, "Unattended-Upgrade::Origins-Pattern::")).toEqual([
      "origin=Debian,codename=${distro_codename}-security,label=Debian-Security",
    ]);
    expect(values(lines, "APT::Periodic::Update-Package-Lists")).toEqual(["1"]);
    expect(values(lines, "APT::Periodic::Unattended-Upgrade")).toEqual(["1"]);
    expect(values(lines, "Unattended-Upgrade::Automatic-Reboot")).toEqual(["true"]);
  });

  test("come to the two gateways on other days, and restart them at other hours", () => {
    const [first, second] = MEMBERS.map((member) => settings(securityUpdates(member)));
    const days = [first, second].map((lines) => values(lines ?? [], "Unattended-Upgrade::Update-Days::"));
    expect(days.map((each) => each.length)).toEqual([3, 3]);
    expect(days[0]?.filter((day) => days[1]?.includes(day))).toEqual([]);
    const hours = [first, second].flatMap((lines) => values(lines ?? [], "Unattended-Upgrade::Automatic-Reboot-Time"));
    expect(hours).toEqual([expect.stringMatching(HOUR), expect.stringMatching(HOUR)]);
    expect(new Set(hours).size).toBe(2);
  });
});
