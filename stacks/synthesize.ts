import { App } from "cdktf";
import { environmentFiles, loadCities, loadOverlay } from "../environments/load";
import { applyOverlay } from "../environments/overlay";
import { declareCities } from "./city-stacks";
import { withoutTokenTraces } from "./token-traces";

/** What is synthesized, and where to. */
export interface Synthesis {
  /** Folder of the cities' files. */
  readonly environments: string;
  /** File of the lab's overlay. @default - every city is as its file has it */
  readonly overlay: string | undefined;
  /** Whether people's machines may be destroyed with their city. @default false */
  readonly teardown?: boolean;
  /** Folder that the stacks are written to; its parent exists. @default - cdktf's own */
  readonly output?: string;
}

/**
 * Reads the cities' files and synthesizes every city's stacks.
 * @throws EnvironmentError when a file is not right; nothing is written then
 */
export function synthesize(synthesis: Synthesis): void {
  withoutTokenTraces(() => {
    writeStacks(synthesis);
  });
}

function writeStacks({ environments, overlay: file, teardown = false, output }: Synthesis): void {
  const overlay = file === undefined ? undefined : loadOverlay(file);
  const cities = loadCities(environmentFiles(environments));
  const app = new App(output === undefined ? {} : { outdir: output });
  if (overlay === undefined) declareCities(app, cities, { teardown });
  else
    declareCities(
      app,
      cities.map((city) => applyOverlay(city, overlay)),
      { providerVersions: overlay.providers, allowUnverifiedTls: true, teardown },
    );
  app.synth();
}
