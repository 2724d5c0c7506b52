import { expect, test } from "@jest/globals";
import { explained, holderIn } from "../../terraform/state-error";

/** As Terraform 1.11.4 says it, in a line. */
const LOCKED =
  "Error acquiring the state lock: Error message: resource temporarily unavailable Lock Info: " +
  "ID: 7b79ca70-9ed8-9f81-df82-b7d4a31dbad3 Path: state/x.tfstate Operation: OperationTypeApply Who: anna@ops1 " +
  "Version: 1.11.4 Created: 2026-11-30 14:27:31.352346615 +0000 UTC Info: Terraform acquires a state lock to protect …";

test("a lock is told with who holds it, since when, for what, and its id", () => {
  const holder = "anna@ops1 since 2026-11-30 14:27:31 UTC (apply, lock 7b79ca70-9ed8-9f81-df82-b7d4a31dbad3)";
  expect(explained(LOCKED)).toContain(`its state is locked by ${holder}: wait until that has ended`);
  expect(holderIn(`terraform plan: ${explained(LOCKED)}`)).toBe(holder);
});

test("a store that names nobody is quoted", () => {
  const unknown = "Error acquiring the state lock: Error message: Workspace is already locked: default";
  expect(holderIn(explained(unknown))).toBe(`somebody (${unknown})`);
});

const READ =
  "Error acquiring the state lock: Error message: 2 problems: - Unsupported state file format: The state file could not be";
test.each([
  [`${READ} parsed as JSON: syntax error at byte offset 300.`, "its state is damaged"],
  [
    "Unsupported state file format: The state file uses format version 5, which is not supported by Terraform 1.11.4.",
    "newer Terraform",
  ],
  ["Error: Failed to decrypt state: decryption failed for all provided methods", "cannot be decrypted"],
  [
    "could not find portgroup \"dvportgroup-61\": ServerFaultCode: The object 'DistributedVirtualPortgroup:dvportgroup-61' has already been deleted or has not been completely created",
    "npm run recover -- CITY",
  ],
  ["Saved plan is stale: The given plan file can no longer be applied", "another deployment changed its state"],
])("a state that is not right is told as that, and is no lock: %s", (error, meaning) => {
  expect(explained(error)).toContain(meaning);
  expect(explained(error)).toContain(error);
  expect(holderIn(explained(error))).toBeUndefined();
});

test("any other error is told as it is", () => {
  expect(explained("no key provider: Folder.Create")).toBe("no key provider: Folder.Create");
});
