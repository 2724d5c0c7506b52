import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { typedAtTerminal } from "../fixtures/at-terminal";
import type { Typed } from "../fixtures/at-terminal";
import { typedHere } from "../fixtures/typed-here";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const LIMIT_MS = 300_000;

/** Types `init city` at a terminal, in a folder that has a package of the toolkit. */
function init(...answers: readonly Typed[]) {
  writeFileSync(folder("postazioni-9.9.9.tgz"), "a package");
  const args = ["init", folder("city"), "--toolkit", folder("postazioni-9.9.9.tgz")];
  return typedAtTerminal(args, answers, folder());
}

test(
  "init asks at a terminal for the city, its platform and the parts, and again where an answer is wrong",
  async () => {
    const { code, screen } = init(
      ["The city's name", "1\n"],
      ["is no name of 2 to 40 letters", "Forlì\n"],
      ["Where it is kept (github, gitlab, none) [none]: ", "\n"],
      ["Which parts are wanted?", "peple\n"],
      ['"peple" is no part, perhaps "people"', "people, 4\n"],
    );
    expect({ code, screen }).toEqual({
      code: 0,
      screen: expect.stringContaining("vault is there too, for people"),
    });
    expect(screen).toMatch(
      /forli\.yaml has placeholders: put in Forlì's own values\. \d are asked behind "# \?"; its code/,
    );
    const file = readFileSync(folder("city", "environments", "forli.yaml"), "utf8");
    expect(file.match(/^(?:secrets|prices|monitoring|emergency|support)(?=:)/gm)).toEqual(["secrets", "prices"]);
    const environments = ["--environments", folder("city", "environments")];
    expect(await typedHere(["validate", ...environments])).toMatchObject({ code: 0 });
  },
  LIMIT_MS,
);

test(
  "Ctrl-C or Ctrl-D at a question writes nothing",
  () => {
    const name: Typed = ["The city's name", "Forlì\n"];
    expect(init(name, ["Where it is kept", "\x03"]).code).toBe(130);
    const ended = init(name, ["Where it is kept", "\x04"]);
    expect(ended.code).toBe(2);
    expect(ended.screen).toContain("the input ended before every question was answered: nothing was changed");
    expect(existsSync(folder("city"))).toBe(false);
    expect(readdirSync(folder())).toEqual(["postazioni-9.9.9.tgz"]);
  },
  LIMIT_MS,
);
