import { chmodSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findTerraform } from "../../../lab/tools/terraform";
import { checkRequirements } from "../../../lab/tools/requirements";
import { temporaryFolder } from "../temporary-folder";

const folder = temporaryFolder();
const before = { ...process.env };

/** Only what a test puts there is on PATH. */
beforeEach(() => {
  process.env.PATH = folder();
  delete process.env.TERRAFORM_BINARY_NAME;
});

afterEach(() => {
  process.env = { ...before };
});

function program(name: string, output: string): string {
  writeFileSync(folder(name), `#!/bin/sh\necho '${output}'\n`);
  chmodSync(folder(name), 0o755);
  return folder(name);
}

describe("what the lab needs of the machine", () => {
  test("is named all at once when it is missing, with the way to get it", () => {
    const check = () => {
      checkRequirements({ go: ["vcenter", "tofu"], pip: true });
    };
    expect(check).toThrow(
      /Go is not on PATH \(it builds vcenter, tofu\): install 1\.21 or later, see https:\/\/go\.dev/,
    );
    expect(check).toThrow(/Python 3\.8 or later is not on PATH as python3/);
  });

  test("is told from what is there but too old", () => {
    program("go", "go version go1.18.1 linux/amd64");
    expect(() => {
      checkRequirements({ go: ["vcenter"], pip: false });
    }).toThrow("Go 1.18.1 is too old (it builds vcenter): install 1.21 or later");
  });

  test("is nothing when every tool is installed already", () => {
    expect(() => {
      checkRequirements({ go: [], pip: false });
    }).not.toThrow();
  });

  test("is enough with a Go and a Python that are new enough", () => {
    program("go", "go version go1.26.8 linux/amd64");
    program("python3", "Python 3.11.7");
    expect(() => {
      checkRequirements({ go: ["vcenter"], pip: true });
    }).not.toThrow();
  });
});

describe("the Terraform of the lab", () => {
  test("is the one on PATH, else OpenTofu, else none", () => {
    expect(findTerraform(undefined)).toBeUndefined();
    program("tofu", '{"terraform_version":"1.12.6"}');
    expect(findTerraform(undefined)).toEqual({ command: "tofu", version: "1.12.6" });
    program("terraform", '{"terraform_version":"1.11.4"}');
    expect(findTerraform(undefined)).toEqual({ command: "terraform", version: "1.11.4" });
  });

  test("is passed over on PATH when it is too old, and refused when it was asked for", () => {
    const old = program("terraform", '{"terraform_version":"1.9.8"}');
    expect(findTerraform(undefined)).toBeUndefined();
    expect(() => findTerraform(old)).toThrow(`${old} is version 1.9.8: 1.11 or later is needed`);
  });

  test("is the one of TERRAFORM_BINARY_NAME, as cdktf has it", () => {
    process.env.TERRAFORM_BINARY_NAME = program("my-tofu", '{"terraform_version":"1.12.0"}');
    expect(findTerraform(undefined)).toEqual({ command: folder("my-tofu"), version: "1.12.0" });
  });

  test("that is none is refused", () => {
    const other = program("other", "hello");
    expect(() => findTerraform(other)).toThrow(`${other} is not there or is no Terraform`);
  });
});
