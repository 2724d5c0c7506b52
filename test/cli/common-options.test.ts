import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Command, Option } from "commander";
import { programOf } from "../../cli/program";

/** Commands that read no city's file, or those that the lab was started with. */
const WITHOUT_FILES = [
  ...["lab status", "lab down", "lab clean", "lab deploy", "lab plan", "lab destroy", "lab env"],
  ...["pipeline comment", "pipeline stacks", "completion", "init"],
  ...["schema", "check", "test", "bench"],
];
/** What an option says of itself wherever it stands; `--out` of a report in many files names a folder. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  "--environments": ["--environments <dir>: folder of the cities' files, in place of POSTAZIONI_ENVIRONMENTS"],
  "--format": ["--format <format>: output format"],
  "--json": ["--json <file>: also write it to this file, as JSON"],
  "--lang": ["--lang <language>: language of its own words; the file's stay as they are"],
  "--out": [
    "--out <file>: write it to this file instead of standard output",
    "--out <file>: write the request to a new file",
    "--out <dir>: folder to write to",
  ],
};

/** Each command that does something, by the words that call it. */
const commands = new Map<string, Command>();

beforeAll(async () => {
  collect(await programOf(), []);
});

function collect(command: Command, path: readonly string[]): void {
  if (command.commands.length === 0 || path.join(" ") === "init" || path.join(" ") === "lab")
    commands.set(path.join(" "), command);
  for (const below of command.createHelp().visibleCommands(command)) {
    if (below.name() !== "help") collect(below, [...path, below.name()]);
  }
}

function options(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command);
}

describe("the options that many commands have", () => {
  test.each(Object.keys(SAID))("%s means the same in every help", (long) => {
    const said = [...commands].flatMap(([name, command]) =>
      options(command)
        .filter((one) => one.long === long)
        .map(({ flags, description }) => [name, `${flags}: ${description}`]),
    );
    expect(said.length).toBeGreaterThan(1);
    expect(said.filter(([, text]) => SAID[long]?.includes(text ?? "") !== true)).toEqual([]);
  });

  test("every command that reads cities' files takes --environments", () => {
    const without = [...commands].filter(
      ([, command]) => !options(command).some(({ long }) => long === "--environments"),
    );
    expect(without.map(([name]) => name).sort()).toEqual(WITHOUT_FILES.toSorted());
  });

  test("a report has json among its formats, and its first format is the default", () => {
    for (const command of commands.values()) {
      const format = options(command).find(({ long }) => long === "--format");
      if (format === undefined) continue;
      expect(format.argChoices).toContain("json");
      expect(format.defaultValue).toBe(format.argChoices?.[0]);
    }
  });
});
