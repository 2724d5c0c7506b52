import { readFileSync } from "node:fs";
import { InputError, messageOf } from "../runtime/errors";
import { readApproval } from "../preview/approval";
import type { Approval } from "../preview/approval";

/** What `npm run preview` wrote with --approval. @throws InputError where it is not there or something else */
export function approvalIn(file: string): Approval {
  try {
    return readApproval(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(`--approved ${file}: ${messageOf(error)}`);
  }
}
