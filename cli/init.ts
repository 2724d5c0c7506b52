import { Command } from "commander";
import { initCityCommand } from "./init/city";

/** `init`: begins something with files of its own. */
export function initCommand(): Command {
  return new Command("init").description("begin with a city: write its first files").addCommand(initCityCommand());
}
