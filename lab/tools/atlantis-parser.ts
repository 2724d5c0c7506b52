import { join } from "node:path";
import { sharedPaths } from "../paths";
import { installGoTool } from "./installing";
import type { Installer } from "./installing";

/** Builds the program that reads an atlantis.yaml with Atlantis's own parser, if it is missing. @see installGoTool */
export function installAtlantisParser(installer: Installer): Promise<string> {
  const output = join(sharedPaths().tools, "check-atlantis");
  return installGoTool({ name: "check-atlantis", module: "lab/atlantis", package: ".", output }, installer);
}
