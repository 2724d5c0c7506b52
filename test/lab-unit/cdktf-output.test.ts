import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { askTerraform, cdktfProgram, errorCollector, follower } from "../../lab/cdktf";
import { CommandError } from "../../runtime/errors";
import { endTree, identify } from "../../runtime/process-tree";
import { temporaryFolder } from "./temporary-folder";
import { eventually } from "../fixtures/eventually";

const folder = temporaryFolder();

describe("cdktf's output", () => {
  test("tells how many stacks are done and what is done just now in which", () => {
    const said: string[] = [];
    const follow = follower((line) => said.push(line));
    follow("milan-network  Initializing the backend...");
    follow("milan-network  vsphere_folder.a: Creating...");
    follow('               + name = "vsphere_folder"');
    follow("               Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
    follow("milan-secrets  vault_mount.a: Creating...");
    expect(said).toEqual([
      "0 done; milan-network: Initializing the backend...",
      "0 done; milan-network: vsphere_folder.a: Creating...",
      "1 done; milan-network: Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
      "1 done; milan-secrets: vault_mount.a: Creating...",
    ]);
  });

  test("is reduced to Terraform's errors, without its warnings and cdktf's stack trace", () => {
    const errors = errorCollector();
    const lines = [
      "milan-network  ╷",
      "               │ Warning: something old",
      "               ╵",
      "               ╷",
      "               │ Error: name already exists",
      "               │   with vsphere_folder.a",
      "               ╵",
      "UnhandledPromiseRejection: This error originated either by throwing",
    ];
    for (const line of lines) errors.take(line);
    expect(errors.lines.map((line) => line.trim())).toEqual([
      "│ Error: name already exists",
      "│   with vsphere_folder.a",
    ]);
  });
});

describe("an interruption of cdktf", () => {
  /** A program of a name that only this test gives, which says what reached it. */
  const TERRAFORM = `"$0" -c 'trap "echo terraform saved its state; exit 0" INT; echo ready; while :; do sleep 0.05; done'`;

  test("reaches Terraform itself and only then cdktf, so that Terraform writes its state", async () => {
    const terraform = folder("terraform");
    const link = spawn("ln", ["-s", "/bin/sh", terraform]);
    await once(link, "exit");
    const script = `trap 'echo cdktf was asked; exit 0' INT; ${TERRAFORM}; echo terraform ended; while :; do sleep 0.05; done`;
    const child = spawn("/bin/sh", ["-c", script, terraform], { stdio: ["ignore", "pipe", "inherit"], detached: true });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await eventually(() => output.includes("ready"));
    const pid = child.pid ?? 0;
    const closed = once(child, "close"); // until then its last words may be in the pipe
    await endTree(pid, askTerraform("terraform"), 10_000);
    await closed;
    expect(output.trim().split("\n")).toEqual([
      "ready",
      "terraform saved its state",
      "terraform ended",
      "cdktf was asked",
    ]);
    expect(identify(pid)).toBeUndefined();
  });
});

describe("the CLI that the lab runs", () => {
  /** A folder with packages; one for each question, as jest remembers what it found in one. */
  const withPackages = (...names: string[]): string => {
    const place = folder(["with", ...names].join("-"));
    for (const name of names) {
      mkdirSync(join(place, "node_modules", name), { recursive: true });
      writeFileSync(join(place, "node_modules", name, "package.json"), "{}");
    }
    return place;
  };

  test("is cdktf's, or CDK Terrain's once that is installed", () => {
    const [before, after] = [withPackages("cdktf-cli"), withPackages("cdktf-cli", "cdktn-cli")];
    expect(cdktfProgram(before)).toBe(join(before, "node_modules/cdktf-cli/bundle/bin/cdktf.js"));
    expect(cdktfProgram(after)).toBe(join(after, "node_modules/cdktn-cli/bundle/bin/cdktn.js"));
    expect(() => cdktfProgram(folder())).toThrow(CommandError);
  });
});
