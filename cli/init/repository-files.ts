import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { freeCode } from "../../draft/sections/city";
import { REPOSITORY, VERSION } from "../../runtime/paths";
import { COMMAND_NAMES } from "../command-names";
import { today } from "./new-city";
import type { Toolkit } from "./toolkit";

/** Platforms with ready workflows, and none. */
export const CI_PLATFORMS = ["github", "gitlab", "none"] as const;

/** @see CI_PLATFORMS */
export type CiPlatform = (typeof CI_PLATFORMS)[number];

/** What a new repository is made from. */
export interface NewRepository {
  /** Absolute path of its folder. */
  readonly folder: string;
  readonly platform: CiPlatform;
  /** The city's name, such as `Valchiara`, and the text of its file. @default - no city's file */
  readonly city?: { readonly name: string; readonly text: string } | undefined;
  readonly toolkit: Toolkit;
}

/** Content of a repository's files by their paths in it. */
export type NewFiles = ReadonlyMap<string, string | Buffer>;

/** The package is cdktf's program, with which the lab and people deploy; jobs of CI need it not. */
const CDKTF_CLI = "0.21.0";
const SCHEMA = "node_modules/postazioni/environments/city.schema.json";
/** Workflows that are the same in a city's repository as in the toolkit's: they call npm scripts alone. */
const WORKFLOWS: Readonly<Record<CiPlatform, readonly string[]>> = {
  github: [".github/actions/set-up", ".github/workflows"],
  gitlab: [".gitlab/ci", ".gitlab-ci.yml"],
  none: [],
};
/** The toolkit's own tests. */
const NOT_OF_A_CITY = [".github/workflows/release.yml", ".github/workflows/soak.yml"];
/** The least that a city says; its names are replaced. */
const START = { file: "examples/small/environments/valchiara.yaml", id: "valchiara", name: "Valchiara", code: "vx" };

const CODE = "# ? code: the province's two letters, with which every seat's name begins for ever";

/** The files of a city's own repository, which uses the toolkit as a package. */
export function repositoryFiles(repository: NewRepository): NewFiles {
  const { platform, city, toolkit } = repository;
  return new Map<string, string | Buffer>([
    ["package.json", json(packageOf(repository))],
    [".npmrc", "save-exact=true\nomit-lockfile-registry-resolved=true\n"],
    ["cdktf.json", json(cdktfSettings())],
    [".gitignore", ignored()],
    [".editorconfig", read(".editorconfig")],
    [
      ".vscode/settings.json",
      json({ "yaml.schemas": { [`./${SCHEMA}`]: ["environments/*.yaml", "environments/*.yml"] } }),
    ],
    [".vscode/extensions.json", json({ recommendations: ["redhat.vscode-yaml"] })],
    ["README.md", readme(repository)],
    city === undefined ? ["environments/.gitkeep", ""] : [`environments/${idOf(city.name)}.yaml`, city.text],
    ...WORKFLOWS[platform].flatMap(filesAt).map((path) => [path, read(path)] as const),
    ...(toolkit.file === undefined ? [] : [[toolkit.spec.replace("file:", ""), readFileSync(toolkit.file)] as const]),
  ]);
}

/** A city's id from its name: `Reggio nell'Emilia` gives `reggio-nell-emilia`. */
export function idOf(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "");
}

function packageOf({ folder, toolkit }: NewRepository): object {
  return {
    name: idOf(basename(folder)) || "postazioni-city",
    version: "1.0.0",
    private: true,
    engines: { node: ">=20.19" },
    scripts: Object.fromEntries(COMMAND_NAMES.map((name) => [name, `postazioni ${name}`])),
    dependencies: { postazioni: toolkit.spec },
    devDependencies: { "cdktf-cli": CDKTF_CLI },
  };
}

function cdktfSettings(): object {
  return {
    language: "typescript",
    app: "node node_modules/postazioni/stacks/app.mjs",
    projectId: randomUUID(),
    sendCrashReports: "false",
    terraformProviders: [],
    terraformModules: [],
  };
}

/** What commands write, and what is never committed: states, plans, and inventories with names of machines and people. */
function ignored(): string {
  const written = ["node_modules/", "cdktf.out/", "preview.out/", "apply.out/", ".lab/", ".terraform/"];
  const kept = ["state/", "*.tfstate", "*.tfstate.*", "saved/"];
  return [...written, ...kept].map((line) => `${line}\n`).join("");
}

/** The least that a city says, with a city's own name, id and code. */
export function startOf(name: string): string {
  const id = idOf(name);
  const schema = `# yaml-language-server: $schema=../${SCHEMA}`;
  return read(START.file)
    .replace(/^# yaml-language-server: .*$/m, schema)
    .replace(
      /^# The least that a city says\..*$/m,
      `# The least that a city says: put in ${name}'s own values. After a change: npm run validate`,
    )
    .replace(/^asOf: .*$/m, `asOf: ${today()}`)
    .replaceAll(START.name, name)
    .replaceAll(START.id, id)
    .replace(`code: ${START.code} }`, `code: ${freeCode(id, [])} } ${CODE}`);
}

function readme({ city, platform }: NewRepository): string {
  const first =
    city === undefined
      ? "npm run init -- city ID --inventory DIR   # writes environments/ID.yaml from a saved inventory of the vCenter\n"
      : "";
  const ci =
    platform === "none"
      ? ""
      : "\nThe workflows do nothing until a city's file names this repository: node_modules/postazioni/docs/guides/ci.md.\n";
  return `# Virtual workstations${city === undefined ? "" : ` of ${city.name}`}
The city's file is in \`environments/\`; the toolkit, Postazioni ${VERSION}, is a package that \`package.json\` pins. Keep this repository
private: the file names networks, machines and people.

\`\`\`sh
npm install                               # once; commit package-lock.json
${first}npm run validate                          # every violation in the file, with line and column
npm run lab                               # deploys it into a lab on this machine: no vCenter, Vault or login of yours is touched
\`\`\`

\`npx postazioni --help\` lists the other commands; each is an npm script too. The guides are in \`node_modules/postazioni/docs/guides/\`, the
keys and rules of the file in \`node_modules/postazioni/environments/README.md\`.
${ci}`;
}

/** Paths of the files at a path of the toolkit. */
function filesAt(path: string): string[] {
  if (/\.\w+$/.test(path) && !path.includes("/")) return [path];
  const files = readdirSync(join(REPOSITORY, path)).map((name) => `${path}/${name}`);
  return files.filter((file) => !NOT_OF_A_CITY.includes(file));
}

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
