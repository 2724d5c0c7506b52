import { readFileSync } from "node:fs";
import { InputError, messageOf } from "../runtime/errors";
import { readApproval } from "../preview/approval";
import type { Approval } from "../preview/approval";

/**
 * The approval that `npm run preview` wrote with --approval. @throws InputError where the file is missing or is not an
 * approval
 */
export function approvalIn(file: string): Approval {
  try {
    return readApproval(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(`--approved ${file}: ${messageOf(error)}`);
  }
}
