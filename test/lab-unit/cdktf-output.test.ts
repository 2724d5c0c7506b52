import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { askTerraform, errorCollector, follower } from "../../lab/cdktf";
import { endTree, identify } from "../../runtime/process-tree";
import { temporaryFolder } from "./temporary-folder";

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
    while (!output.includes("ready")) await new Promise((resolve) => setTimeout(resolve, 10));
    const pid = child.pid ?? 0;
    await endTree(pid, askTerraform("terraform"), 10_000);
    expect(output.trim().split("\n")).toEqual([
      "ready",
      "terraform saved its state",
      "terraform ended",
      "cdktf was asked",
    ]);
    expect(identify(pid)).toBeUndefined();
  });
});
