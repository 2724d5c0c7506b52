import { App } from "cdktf";
import type { DeployedCity } from "../environments/model/city";
import type { Overlay } from "../environments/overlay";
import { declareCities } from "./city-stacks";
import { withoutTokenTraces } from "./token-traces";

/** What is synthesized, and where to. */
export interface Synthesis {
  /** The cities, as they are deployed. */
  readonly cities: readonly DeployedCity[];
  /** The lab's overlay, if they are as that says. @default - they are as their files have them */
  readonly overlay: Overlay | undefined;
  /** Whether people's machines may be destroyed with their city. @default false */
  readonly teardown?: boolean;
  /** Folder that the stacks are written to; its parent exists. @default - cdktf's own */
  readonly output?: string;
}

/** Synthesizes every stack of cities. */
export function synthesize(synthesis: Synthesis): void {
  withoutTokenTraces(() => {
    writeStacks(synthesis);
  });
}

function writeStacks({ cities, overlay, teardown = false, output }: Synthesis): void {
  const app = new App(output === undefined ? {} : { outdir: output });
  const inLab = overlay === undefined ? {} : { providerVersions: overlay.providers, allowUnverifiedTls: true };
  declareCities(app, cities, { ...inLab, teardown });
  app.synth();
}
