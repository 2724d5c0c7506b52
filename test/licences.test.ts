import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const ROOT = join(__dirname, "..");
/** Licences under which a work may be passed on within one under the EUPL 1.2 as long as their notice stays with it. */
const PERMISSIVE = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Public Domain",
];
/** The "compatible licences" of the EUPL's own Appendix (LICENSE), by their SPDX names. */
const COMPATIBLE = [
  ...["GPL-2.0", "GPL-3.0", "AGPL-3.0", "LGPL-2.1", "LGPL-3.0"].flatMap((id) => [`${id}-only`, `${id}-or-later`]),
  ...["OSL-2.1", "OSL-3.0", "EPL-1.0", "CECILL-2.0", "CECILL-2.1", "MPL-2.0", "EUPL-1.1", "EUPL-1.2"],
  ...["LiLiQ-R-1.1", "LiLiQ-Rplus-1.1"],
];

interface Locked {
  /** Where it is installed under another name. */
  readonly name?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Whether a package under that licence, as an SPDX expression, may be installed with the toolkit. */
function isAllowed(licence: string | undefined): boolean {
  const [left, operator, ...rest] = (licence ?? "").replace(/^\((.*)\)$/, "$1").split(/ (OR|AND) /);
  if (operator === undefined) return [...PERMISSIVE, ...COMPATIBLE].includes(left ?? "");
  const others = rest.join(` ${operator} `);
  return operator === "OR" ? isAllowed(left) || isAllowed(others) : isAllowed(left) && isAllowed(others);
}

/** Names of packages that a user gets, with their licences. */
function used(): [name: string, licence: string | undefined][] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages).flatMap(([path, { name, license, dev }]): [string, string | undefined][] =>
    path === "" || dev === true ? [] : [[name ?? path.replace(/^.*node_modules\//, ""), license]],
  );
}

describe("licences", () => {
  test("every package that a user gets may be passed on with a work under the EUPL 1.2", () => {
    expect(used().filter(([, licence]) => !isAllowed(licence))).toEqual([]);
  });

  test.each(["SSPL-1.0", "BUSL-1.1", "UNLICENSED", "MIT AND SSPL-1.0", "CC-BY-NC-4.0", undefined])(
    "%s is refused",
    (licence) => {
      expect(isAllowed(licence)).toBe(false);
    },
  );

  test.each(["(MIT OR SSPL-1.0)", "MPL-2.0", "Apache-2.0 AND MIT", "GPL-3.0-or-later"])("%s is allowed", (licence) => {
    expect(isAllowed(licence)).toBe(true);
  });
});

test("the bill of materials has each package that a user gets, with its licence, and nothing that changes with each time", () => {
  const text = execFileSync(process.execPath, ["cli/sbom.mjs"], { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 });
  const bill = JSON.parse(text) as {
    readonly components: { readonly purl: string; readonly licenses: unknown[] }[];
  };
  const listed = bill.components.map(({ purl }) => decodeURIComponent(/^pkg:npm\/([^@]+)@/.exec(purl)?.[1] ?? ""));
  expect(new Set(listed)).toEqual(new Set(used().map(([name]) => name)));
  expect(bill.components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  expect(text).not.toMatch(/"(?:serialNumber|timestamp)"/);
});
