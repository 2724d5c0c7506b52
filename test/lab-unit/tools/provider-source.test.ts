import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { labPaths, sharedPaths } from "../../../lab/paths";
import { checkMirror, overlayVersions, providerSource, writeCliConfig } from "../../../lab/tools/provider-source";
import { providers } from "../../../lab/tools/provider-versions";
import { platformName } from "../../../lab/tools/tool-context";
import { temporaryFolder } from "../temporary-folder";

const folder = temporaryFolder();

function mirrorWith(versions: Readonly<Record<string, string>>): string {
  for (const { namespace, name } of providers()) {
    const place = folder("mirror", "registry.terraform.io", namespace, name, versions[name] ?? "0.0.1", platformName());
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "provider"), "");
  }
  return folder("mirror");
}

function newest(): Record<string, string> {
  return Object.fromEntries(providers().map(({ name, tried }) => [name, tried.at(-1) ?? ""]));
}

describe("the providers", () => {
  test("have other versions than the files say only where they are built here, or a mirror has none but older ones", () => {
    const older = { vsphere: "2.15.0", vault: "5.6.0" };
    expect(overlayVersions(providerSource(mirrorWith(older)))).toEqual(older);
    expect(overlayVersions(providerSource(mirrorWith(newest())))).toEqual({});
    expect(overlayVersions("built")).toEqual({ vsphere: "1.26.0", vault: "3.3.1" });
    expect(overlayVersions("registry")).toEqual({});
    expect(overlayVersions(providerSource(folder()))).toEqual({});
  });
});

test("a mirror of another checkout's lab, which a shell that points at it names, has the versions that are built", () => {
  const built = Object.fromEntries(providers().map((provider) => [provider.name, provider.built]));
  const source = providerSource(mirrorWith(built));
  expect(() => {
    checkMirror(source);
  }).not.toThrow();
  expect(overlayVersions(source)).toEqual(built);
});

describe("a mirror of the user's", () => {
  test("that lacks versions is refused, with every one that is missing and what is there", () => {
    const check = () => {
      checkMirror(providerSource(mirrorWith({ vsphere: "2.0.0" })));
    };
    expect(check).toThrow(/vmware\/vsphere 2\.15\.0 or 2\.16\.1: expected in .*; found: 2\.0\.0/);
    expect(check).toThrow(/hashicorp\/vault 5\.6\.0 or 5\.10\.1: expected in .*; found: 0\.0\.1/);
  });

  test("serves OpenTofu too, though it knows only Terraform's namespace", () => {
    const source = providerSource(mirrorWith(newest()));
    checkMirror(source);
    const paths = labPaths(folder("lab"));
    mkdirSync(paths.run, { recursive: true });
    writeCliConfig(source, paths, sharedPaths());
    const config = readFileSync(paths.cliConfig, "utf8");
    expect(config).toContain(`path = "${join(paths.run, "mirror")}"`);
    expect(config).not.toContain("direct");
    const inside = join("vmware", "vsphere", "2.16.1", platformName(), "provider");
    expect(existsSync(join(paths.run, "mirror", "registry.opentofu.org", inside))).toBe(true);
    expect(existsSync(join(paths.run, "mirror", "registry.terraform.io", inside))).toBe(true);
  });
});
