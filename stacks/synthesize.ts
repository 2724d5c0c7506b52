import { App } from "cdktf";
import type { DeployedCity } from "../environments/model/city";
import type { Overlay } from "../environments/overlay";
import { declareCities } from "./city-stacks";
import { withoutTokenTraces } from "./token-traces";

/** What is synthesized, and into which folder. */
export interface Synthesis {
  /** The cities, as they are deployed. */
  readonly cities: readonly DeployedCity[];
  /** The lab's overlay that was applied to the cities; undefined outside the lab. */
  readonly overlay: Overlay | undefined;
  /** Whether the machines of people may be destroyed. @default false */
  readonly teardown?: boolean;
  /** Folder that the stacks are written to; its parent must exist. @default cdktf.out */
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
