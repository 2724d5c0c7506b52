import { expect, test } from "@jest/globals";
import { lockIn } from "../../terraform/state-lock";

test("a lock is read from what Terraform prints, with and without its frame", () => {
  const lines = [
    "Error: Error acquiring the state lock",
    "",
    "Error message: operation error S3: PutObject, https response error",
    "Lock Info:",
    "  ID:        547f02e4-e227-e20a-6ab6-223081ff9dd9",
    "  Path:      states/valchiara/valchiara-network.tfstate",
    "  Operation: OperationTypeApply",
    "  Who:       anna@runner-7",
    "  Version:   1.11.4",
    "  Created:   2026-11-30 14:54:28.920017879 +0000 UTC",
    "  Info:      ",
  ];
  const lock = {
    id: "547f02e4-e227-e20a-6ab6-223081ff9dd9",
    operation: "OperationTypeApply",
    who: "anna@runner-7",
    created: "2026-11-30 14:54:28.920017879 +0000 UTC",
    reason: "operation error S3: PutObject, https response error",
  };
  expect(lockIn(lines)).toEqual(lock);
  expect(lockIn(lines.map((line) => `│ ${line}`))).toEqual(lock);
});
