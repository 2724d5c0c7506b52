import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { LAB_DIRECTORY } from "../../lab/paths";
import { REPOSITORY } from "../../runtime/paths";
import { LanguageServer } from "../fixtures/language-server";
import { temporaryFolder } from "../lab-unit/temporary-folder";

/** What an editor with the YAML language server shows of a city's file, whose first line names its schema. */
const MINUTE = 60_000;
const TOOL = join(LAB_DIRECTORY, "tools", "editor");
const MILAN = readFileSync(join(REPOSITORY, "environments/milan.yaml"), "utf8");
const folder = temporaryFolder();
const YAML = {
  validate: true,
  hover: true,
  completion: true,
  schemaStore: { enable: false },
  disableAdditionalProperties: false,
};

interface Diagnostics {
  readonly uri: string;
  readonly diagnostics: readonly { readonly message: string; readonly range: { readonly start: Position } }[];
}

interface Position {
  readonly line: number;
  readonly character: number;
}

let server: LanguageServer;

beforeAll(async () => {
  const program = join(TOOL, "node_modules/yaml-language-server/bin/yaml-language-server");
  if (!existsSync(program)) {
    mkdirSync(TOOL, { recursive: true });
    cpSync(join(REPOSITORY, "lab/editor"), TOOL, { recursive: true });
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: TOOL });
  }
  server = new LanguageServer(program, { yaml: YAML });
  await server.ask("initialize", {
    ...{ processId: process.pid, rootUri: null },
    capabilities: { workspace: { configuration: true }, textDocument: { hover: { contentFormat: ["plaintext"] } } },
  });
  server.tell("initialized", {});
  server.tell("workspace/didChangeConfiguration", { settings: { yaml: YAML } });
}, 5 * MINUTE);

afterAll(() => {
  server.end();
});

let opened = 0;

/** Opens a text beside the schema, as an editor does, and gives what is underlined. */
async function open(text: string): Promise<Diagnostics> {
  mkdirSync(folder("."), { recursive: true });
  cpSync(join(REPOSITORY, "environments/city.schema.json"), folder("city.schema.json"));
  opened += 1;
  const file = folder(`city-${String(opened)}.yaml`);
  writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const told = server.next<Diagnostics>("textDocument/publishDiagnostics");
  server.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  return told;
}

/** Where a text stands first, after another. */
function placeOf(text: string, wanted: string): Position {
  const before = text.slice(0, text.indexOf(wanted)).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe("an editor with the YAML language server", () => {
  test("underlines nothing in a shipped file", async () => {
    expect((await open(MILAN)).diagnostics).toEqual([]);
  });

  test("underlines a wrong key and a wrong value at their places", async () => {
    const text = MILAN.replace("    seats: 1450", "    saets: 1450\n    seats: many");
    const { diagnostics } = await open(text);
    const shown = diagnostics.map(({ message, range }) => [range.start.line, message]);
    expect(shown).toContainEqual([placeOf(text, "saets").line, "Property saets is not allowed."]);
    expect(shown).toContainEqual([
      placeOf(text, "seats: many").line,
      expect.stringMatching(/Incorrect type\. Expected "integer"/),
    ]);
  });

  test("explains a key where the pointer rests", async () => {
    const { uri } = await open(MILAN);
    const position = placeOf(MILAN, "seats: 1450");
    const hover = await server.ask<{ contents: { value: string } }>("textDocument/hover", {
      textDocument: { uri },
      position,
    });
    expect(hover.contents.value).toContain("Seat numbers issued: 1 up to this number.");
  });

  test("completes keys and their values", async () => {
    const text = MILAN.replace("    seats: 1450", "    \n    seats: 1450");
    const { uri } = await open(text);
    const { line } = placeOf(text, "    \n    seats: 1450");
    const position = { line, character: 4 };
    const { items } = await server.ask<{ items: { label: string }[] }>("textDocument/completion", {
      textDocument: { uri },
      position,
    });
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(["waves", "retired", "growDisks"]));
    expect(items.map(({ label }) => label)).not.toContain("directorate");
  });
});
