import type { CommandWords } from "./words";

/** Shells that a script can be written for. */
export const SHELLS = ["bash", "zsh"] as const;

/** @see SHELLS */
export type Shell = (typeof SHELLS)[number];

/** zsh runs functions of bash after this: zsh's manual, "Use of bashcompinit" (zshcompsys). */
const FOR_ZSH = "autoload -Uz +X compinit bashcompinit && compinit && bashcompinit\n";

/** Adds the paths that begin as typed. zsh's compgen gives only those of the folder in which the person stands. */
const PATHS = 'for file in "$current"*; do if [ -e "$file" ]; then COMPREPLY+=("$file"); fi; done';

/**
 * A script that completes the program's words. It holds all of them, so that a key press starts no program; cities are the names of
 * the files in POSTAZIONI_ENVIRONMENTS, or environments/.
 * @param commands of the whole program
 */
export function completionScript(shell: Shell, program: string, commands: readonly CommandWords[]): string {
  const lines = [`_${program}() {`, ...whichCommand(commands), ...valueOfOption(commands), ...wordsOf(commands), "}"];
  return `${shell === "zsh" ? FOR_ZSH : ""}${lines.join("\n")}\ncomplete -o filenames -F _${program} ${program}\n`;
}

function whichCommand(commands: readonly CommandWords[]): string[] {
  return [
    '  local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" command="" words="" kind="" file i',
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    '    case "$command ${COMP_WORDS[i]}" in',
    ...cases(paths(commands), "command"),
    "    esac",
    "  done",
  ];
}

/** After an option with a value there is nothing but its choices, or a path. */
function valueOfOption(commands: readonly CommandWords[]): string[] {
  return [
    '  case "$command $before" in',
    ...cases(optionValues(commands), "words", "kind=value"),
    "  esac",
    '  if [ "$kind" = value ]; then',
    '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
    `    if [ -z "$words" ]; then ${PATHS}; fi`,
    "    return",
    "  fi",
  ];
}

function wordsOf(commands: readonly CommandWords[]): string[] {
  return [
    '  case "$command" in',
    ...cases(
      commands.map(({ path, words }) => [path, words.join(" ")]),
      "words",
    ),
    "  esac",
    ...ofThose(commands, "takesCity", [
      'for file in "${POSTAZIONI_ENVIRONMENTS:-environments}"/*.yaml; do',
      '  if [ -e "$file" ]; then file="${file##*/}"; words="$words ${file%.yaml}"; fi',
      "done",
    ]),
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    ...ofThose(commands, "takesPath", [PATHS]),
  ];
}

/** Where a further word leads to a subcommand. */
function paths(commands: readonly CommandWords[]): [string, string][] {
  return commands.flatMap(({ path }): [string, string][] => {
    if (path === "") return [];
    const names = path.split(" ");
    return [[`${names.slice(0, -1).join(" ")} ${names.at(-1) ?? ""}`, path]];
  });
}

function optionValues(commands: readonly CommandWords[]): [string, string][] {
  return commands.flatMap(({ path, values }) =>
    [...values].map(([flag, choices]): [string, string] => [`${path} ${flag}`, choices.join(" ")]),
  );
}

function cases(rows: readonly (readonly [string, string])[], variable: string, then?: string): string[] {
  const rest = then === undefined ? "" : `; ${then}`;
  return rows.map(([key, value]) => `    "${key}") ${variable}="${value}"${rest} ;;`);
}

/** Lines that are run for the commands with a property alone. */
function ofThose(
  commands: readonly CommandWords[],
  property: "takesCity" | "takesPath",
  lines: readonly string[],
): string[] {
  const having = commands.filter((one) => one[property]).map(({ path }) => `"${path}"`);
  if (having.length === 0) return [];
  return [
    '  case "$command" in',
    `    ${having.join(" | ")})`,
    ...lines.map((line) => `      ${line}`),
    "      ;;",
    "  esac",
  ];
}
