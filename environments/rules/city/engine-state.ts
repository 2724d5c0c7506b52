import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** Every job has a disk of its own: a state there is gone with the job, and its machines are in no state. */
export const engineState: CityRule = {
  id: "engine-state",
  explanation: "jobs of their own share the states of their stacks",
  repair: "name a backend in platform.state that every job reaches, or leave out platform.engine",
  *check({ platform: { engine, state } }) {
    if (engine === undefined || state.backend !== "local") return;
    const message = `${quoted(engine)} runs each stack where it likes, and the states are files of one machine`;
    yield { path: ["platform", "engine"], message };
  },
};
