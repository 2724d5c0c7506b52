import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { completionScript, SHELLS } from "../../cli/completion/shell";
import type { Shell } from "../../cli/completion/shell";
import { commandWords } from "../../cli/completion/words";
import { programOf } from "../../cli/program";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const here = SHELLS.filter((shell) => spawnSync(shell, ["-c", "true"]).status === 0);

const scripts = new Map<Shell, string>();

beforeAll(async () => {
  const words = commandWords(await programOf());
  for (const shell of SHELLS) scripts.set(shell, completionScript(shell, "postazioni", words));
});

/** What a shell offers after a line, whose last word is being typed. bash and zsh's bashcompinit call the function with these variables. */
function offered(shell: Shell, line: string): string[] {
  const words = line.split(" ");
  writeFileSync(folder("script"), scripts.get(shell) ?? "");
  const asBash = shell === "zsh" ? "autoload -Uz compinit && compinit -D -u; . ./script; emulate sh; " : ". ./script; ";
  const call = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}) COMP_CWORD=${String(words.length - 1)}; _postazioni`;
  const { stdout, stderr } = spawnSync(shell, ["-c", `${asBash}${call}; printf '%s\\n' "\${COMPREPLY[@]}"`], {
    cwd: folder(),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  // zsh offers of the reply what begins as typed.
  return stdout.split("\n").filter((word) => word !== "" && word.startsWith(words.at(-1) ?? ""));
}

describe.each(here)("in %s", (shell) => {
  test("commands and their subcommands are completed", () => {
    expect(offered(shell, "postazioni pre")).toEqual(["preflight", "preview"]);
    expect(offered(shell, "postazioni lab d")).toEqual(["down", "deploy", "destroy"]);
    expect(offered(shell, "postazioni report capa")).toEqual(["capacity"]);
  });

  test("options are those of the command, and their values its choices", () => {
    expect(offered(shell, "postazioni report network milan --h")).toEqual(
      expect.arrayContaining(["--handover", "--help"]),
    );
    expect(offered(shell, "postazioni validate --h")).toEqual(["--help"]);
    expect(offered(shell, "postazioni preview milan --format ")).toEqual(["markdown", "json"]);
  });

  test("a city is completed from the folder of the cities' files, and a path from what is there", () => {
    mkdirSync(folder("environments"));
    for (const name of ["valchiara.yaml", "valscura.yaml"]) writeFileSync(folder("environments", name), "");
    writeFileSync(folder("plan.json"), "");
    expect(offered(shell, "postazioni preview valc")).toEqual(["valchiara"]);
    expect(offered(shell, "postazioni preview valchiara --json pl")).toEqual(["plan.json"]);
    expect(offered(shell, "postazioni validate environments/vals")).toEqual(["environments/valscura.yaml"]);
  });
});

test("a real bash loads the script that the program prints, and completes with it", () => {
  writeFileSync(folder("script"), scripts.get("bash") ?? "");
  const { stdout } = spawnSync("bash", ["-c", ". ./script; complete -p postazioni"], {
    cwd: folder(),
    encoding: "utf8",
  });
  expect(stdout).toBe("complete -o filenames -F _postazioni postazioni\n");
});
