import { Command } from "commander";
import { explanationOf } from "../editing/explain/explanation";
import { explanationText } from "../editing/explain/explanation-text";
import { findKey } from "../editing/explain/find-key";
import { keyTree, treeText } from "../editing/explain/tree";
import { hasItem } from "../editing/explain/written";
import { environmentsOption } from "./city-command";
import { cityText, environmentTexts } from "./city-texts";
import { json } from "./report-files";
import { withTextOrJson } from "./report/report-options";
import { runCommand } from "./run-command";

const HELP = `
Without PATH it prints the top keys as a tree; a question mark is behind a key that may be left out.
With PATH it prints what the key means, its type, unit, default and allowed values, what the next deployment does with a change,
the rules that look at it, and an example of a file. PATH is written as violations show it, and shorter: each of
  pools[].seats   pools.seats   pools[name=anagrafe].seats   'images.linux-light.versions["2026.10"].template'
names a key. With --city it also prints the value that the city's file has there, with file, line and column; the file may be wrong.

Exit code: 0, or 2 where no key has that path or no file declares the city.`;

interface ExplainOptions {
  readonly city?: string;
  readonly environments: string;
  readonly format: "text" | "json";
}

/** `explain [PATH]`: what a key of a city's file means, and what a change of it does. */
export function explainCommand(): Command {
  return withTextOrJson(new Command("explain"))
    .description("Explain a key of a city's file: what it means, what is allowed, what a change of it does")
    .argument("[PATH]", "the key's path, such as pools[].seats; by default the top keys")
    .option("--city <id>", "also say what stands there in this city's file")
    .addOption(environmentsOption())
    .addHelpText("after", HELP)
    .action((path: string | undefined, options: ExplainOptions) =>
      runCommand(() => {
        process.stdout.write(path === undefined ? tree(options) : explanation(path, options));
      }),
    );
}

function tree(options: ExplainOptions): string {
  return options.format === "json" ? json({ keys: keyTree() }) : treeText(keyTree());
}

function explanation(path: string, options: ExplainOptions): string {
  const city = options.city === undefined ? undefined : cityText(options.environments, options.city);
  const examples =
    city === undefined ? environmentTexts(options.environments) : [city, ...environmentTexts(options.environments)];
  const key = findKey(path, (list, name) => hasItem(city?.root, list, name));
  const explained = explanationOf({ key, examples, city });
  return options.format === "json" ? json(explained) : explanationText(explained);
}
