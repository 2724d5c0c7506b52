import { readFileSync } from "node:fs";
import { overlaySchema } from "./overlay";
import type { Overlay } from "./overlay";
import { formatPath } from "./path";
import { EnvironmentError } from "./violation";
import type { Violation } from "./violation";

const ALLOWED = "an overlay that npm run lab -- up wrote";
const REPAIR = "run npm run lab -- up again, or unset POSTAZIONI_OVERLAY";

/** Reads the lab's overlay from a file. @throws EnvironmentError where there is none, or anything else in it */
export function loadOverlay(file: string): Overlay {
  const result = overlaySchema.safeParse(parsed(file));
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map(({ path, message }) => violation(file, message, formatPath(undefined, path.map(String)))),
  );
}

function parsed(file: string): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new EnvironmentError([violation(file, "the lab's overlay is no JSON")]);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new EnvironmentError([violation(file, "the lab's overlay, which POSTAZIONI_OVERLAY names, cannot be read")]);
  }
}

function violation(file: string, message: string, path = ""): Violation {
  return { file, line: 1, column: 1, path, rule: "overlay", message, allowed: ALLOWED, repair: REPAIR };
}
