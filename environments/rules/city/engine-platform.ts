import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** A job's identity is that of its platform: Vault gives the jobs of another one no login. */
export const enginePlatform: CityRule = {
  id: "engine-platform",
  explanation: "the jobs of an engine that is a CI platform log in as the jobs that secrets.ci names",
  repair: "name the platform of secrets.ci, or declare secrets.ci for this one",
  *check({ platform: { engine }, secrets: { ci } }) {
    if (engine !== "github" && engine !== "gitlab") return;
    if (ci?.platform === engine) return;
    const named = ci === undefined ? "no platform at all" : quoted(ci.platform);
    yield { path: ["platform", "engine"], message: `${quoted(engine)} runs the jobs, and secrets.ci names ${named}` };
  },
};
