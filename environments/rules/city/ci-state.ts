import type { CityRule } from "../rule";

/** Terraform locks a local state only against others on the same machine, and a job's files are gone when it ends. */
export const ciState: CityRule = {
  id: "ci-state",
  explanation:
    "a city that CI deploys keeps its states in a store that locks them for everybody, and not in local files",
  repair:
    "name a store in platform.state, such as pg, http or s3, which lock; or leave secrets.ci out and deploy by hand",
  *check({ platform, secrets }) {
    if (secrets.ci === undefined || platform.state.backend !== "local") return;
    yield {
      path: ["platform", "state"],
      message: "states in local files have no lock for two jobs, and no job has the files of the one before",
    };
  },
};
