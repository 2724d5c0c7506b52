import type { Runbooks } from "./runbook";
import { applied, onlyIf, say, type } from "./steps";

/** Runbooks for what watching finds before anybody calls. */
export const watchingRunbooks = {
  "secret-not-right": {
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city }, own) => [
      type(`npm run secrets -- status ${city}`, own.which),
      type(`npm run secrets -- init ${city}`, own.init),
      say(own.owner),
    ],
  },
  drift: {
    duty: "desktop-team",
    steps: ({ city }, own, shared) => [
      type(`npm run drift -- ${city}`, own.see),
      say(own.ask),
      ...applied(city, shared, own.applied),
    ],
  },
  "monitoring-silent": {
    duty: "monitoring",
    concerns: ({ monitored }) => monitored,
    steps: ({ city, monitored }, own) => [
      ...onlyIf(monitored, type(`npm run metrics -- ${city}`, own.metrics)),
      say(own.targets),
      ...onlyIf(monitored, type(`npm run report -- monitoring ${city} --out monitoring --force`, own.rewrite)),
    ],
  },
} satisfies Partial<Runbooks>;
