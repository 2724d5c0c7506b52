import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { hashInputs } from "../../../lab/tools/inputs-hash";
import { temporaryFolder } from "../temporary-folder";

const folder = temporaryFolder();

describe("the digest of a build's inputs", () => {
  test("stays when a test of Go is gone, which a package does not have", () => {
    mkdirSync(folder("module"));
    for (const file of ["a.go", "a_test.go"]) writeFileSync(folder("module", file), "package a");
    const before = hashInputs(folder("module"));
    rmSync(folder("module", "a_test.go"));
    expect(hashInputs(folder("module"))).toBe(before);
  });

  test("stays when nothing changed, and changes with a content, a name or a new file", () => {
    mkdirSync(folder("module", "internal"), { recursive: true });
    writeFileSync(folder("module", "go.mod"), "module a");
    writeFileSync(folder("module", "internal", "a.go"), "package a");
    const digests = [hashInputs(folder("module"))];
    expect(hashInputs(folder("module"))).toBe(digests[0]);
    writeFileSync(folder("module", "go.mod"), "module b");
    digests.push(hashInputs(folder("module")));
    renameSync(folder("module", "internal", "a.go"), folder("module", "internal", "b.go"));
    digests.push(hashInputs(folder("module")));
    writeFileSync(folder("module", "go.sum"), "");
    digests.push(hashInputs(folder("module")));
    expect(new Set(digests).size).toBe(4);
  });
});
