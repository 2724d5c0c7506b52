import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { InputError } from "../../runtime/errors";
import { parsedJson } from "../../runtime/json";
import { IS_CHECKOUT, REPOSITORY, VERSION } from "../../runtime/paths";

/** How a repository gets the toolkit. */
export interface Toolkit {
  /** What package.json says: a version, a URL, or `file:vendor/postazioni-0.1.0.tgz`. */
  readonly spec: string;
  /** The package that is copied into the repository. @default - none */
  readonly file?: string;
}

/** npm's record of what it installed: docs.npmjs.com "package-lock.json", hidden lockfiles. */
const record = z.object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional() })) });

/**
 * The toolkit to pin: what was asked for, otherwise as this program was installed. A package in a file is copied, so that every
 * clone and every job of CI has it.
 * @param asked a version, a URL or a path of a package
 * @throws InputError where a named file is missing, and from a checkout without a package
 */
export function toolkitOf(asked: string | undefined): Toolkit {
  if (asked !== undefined) return isFile(asked) ? vendored(asked) : { spec: asked };
  if (IS_CHECKOUT) {
    throw new InputError(
      "this is a checkout of the toolkit, which no other machine has: run npm pack, and name the package by --toolkit FILE.tgz",
    );
  }
  const installed = installedFrom();
  return installed === undefined ? { spec: VERSION } : vendored(installed);
}

function isFile(asked: string): boolean {
  return asked.endsWith(".tgz") && !/^[a-z+]+:\/\//.test(asked);
}

function vendored(path: string): Toolkit {
  const file = resolve(path);
  if (!existsSync(file)) throw new InputError(`--toolkit: there is no file ${file}`);
  return { spec: `file:vendor/${basename(file)}`, file };
}

/** The package file that npm installed this program from; undefined where it came from a registry. */
function installedFrom(): string | undefined {
  const modules = dirname(REPOSITORY);
  const file = join(modules, ".package-lock.json");
  if (!existsSync(file)) return undefined;
  const read = record.safeParse(parsedJson(readFileSync(file, "utf8")));
  const { resolved = "" } =
    (read.success ? read.data.packages[`node_modules/${basename(REPOSITORY)}`] : undefined) ?? {};
  if (!resolved.startsWith("file:") || !resolved.endsWith(".tgz")) return undefined;
  const found = resolve(dirname(modules), resolved.slice("file:".length));
  return existsSync(found) ? found : undefined;
}
