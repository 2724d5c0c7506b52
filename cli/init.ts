import { Command } from "commander";
import { initCityCommand } from "./init/city";
import { withRepository } from "./init/repository";

/** `init [DIR]`: begins with a city: a repository for it; `init city ID`: its first file. */
export function initCommand(): Command {
  const init = new Command("init").description("begin with a city: write a repository for it, or its first file");
  return withRepository(init.enablePositionalOptions()).addCommand(initCityCommand());
}
