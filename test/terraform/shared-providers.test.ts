import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "@jest/globals";
import { initialize } from "../../terraform/stack";
import { terraformHome } from "../../terraform/home";
import { Redactor } from "../../runtime/redactor";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
/** Writes the lock of a provider where there is none, as Terraform does, and notes what it found and whether another runs. */
const TERRAFORM = `#!/bin/sh
mkdir ../running || echo "two at a time" >>../found
cat .terraform.lock.hcl >>../found 2>/dev/null || { echo none >>../found; echo "locked" >.terraform.lock.hcl; }
sleep 0.1
rmdir ../running
`;

beforeEach(() => {
  mkdirSync(folder("stacks"));
  writeFileSync(folder("terraform"), TERRAFORM);
  chmodSync(folder("terraform"), 0o755);
});

function stack(name: string, provider: string) {
  const cwd = folder("stacks", name);
  mkdirSync(cwd);
  const settings = { required_providers: { [provider]: { version: "2.15.0" } }, backend: { local: { path: name } } };
  writeFileSync(join(cwd, "cdk.tf.json"), JSON.stringify({ terraform: settings }));
  const env = { PATH: process.env.PATH ?? "" };
  return { cwd, env, command: folder("terraform"), logFile: folder(`${name}.log`), redactor: new Redactor() };
}

test("stacks of one provider are initialized one after the other, and the second with the checksums of the first", async () => {
  const stacks = [stack("a", "vsphere"), stack("b", "vsphere"), stack("c", "vault")];
  await Promise.all(stacks.map((one) => initialize(one)));
  expect(readFileSync(folder("stacks", "found"), "utf8").trim().split("\n")).toEqual(["none", "locked", "none"]);
});

test("a failed initialization leaves the turn to the next, and no checksums", async () => {
  const [first, second] = [stack("d", "vsphere"), stack("e", "vsphere")];
  await expect(initialize({ ...first, command: "/bin/false" })).rejects.toThrow("terraform init");
  await initialize(second);
  expect(readFileSync(folder("stacks", "found"), "utf8")).toBe("none\n");
});

test("every stack is linked to one folder of providers, or to that which the user shares among more", () => {
  terraformHome(folder(), undefined);
  expect(readFileSync(folder("terraform.rc"), "utf8")).toContain(`plugin_cache_dir = "${folder("plugins")}"\n`);
  terraformHome(folder(), undefined, folder("shared"));
  expect(readFileSync(folder("terraform.rc"), "utf8")).toContain(`plugin_cache_dir = "${folder("shared")}"\n`);
  expect(existsSync(folder("shared"))).toBe(true);
});
