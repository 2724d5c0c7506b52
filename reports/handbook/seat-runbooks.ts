import type { Runbooks } from "./runbook";
import { applied, onlyIf, say, type } from "./steps";

/** Runbooks for seats, and what they are on. */
export const seatRunbooks = {
  "seat-does-not-start": {
    duty: "help-desk",
    steps: ({ city, pool, seat, stack, vault }, own) => [
      say(own.find(seat)),
      type(`npm run drift -- ${city}`, own.drift),
      say(own.revert),
      type(`npx cdktf deploy ${stack} --ignore-missing-stack-dependencies`, own.deployAgain),
      ...onlyIf(vault, type(`npm run secrets -- first ${city} --pool ${pool}`, own.firstSecret)),
    ],
  },
  "seat-lost-with-host": {
    duty: "desktop-team",
    steps: ({ city, pool, vault }, own, shared) => [
      say(own.wait),
      type(`npm run report -- capacity ${city}`, own.room),
      type(`npm run drift -- ${city}`, own.missing),
      ...applied(city, shared, own.applied),
      ...onlyIf(vault, type(`npm run secrets -- first ${city} --pool ${pool}`, own.firstSecrets)),
    ],
  },
  "datastore-full": {
    duty: "desktop-team",
    steps: ({ city }, own, shared) => [
      say(own.snapshots),
      type(`npm run preflight -- ${city}`, own.sizes),
      type(`npm run report -- capacity ${city}`, own.pools),
      say(own.forGood),
      ...applied(city, shared, own.applied),
    ],
  },
  "join-fails": {
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, pool, seat, account }, own) => [
      type(`npm run secrets -- status ${city}`, own.account),
      type(`npm run preflight -- ${city}`, own.directory),
      type(`npm run report -- network ${city}`, own.network),
      ...onlyIf(account !== undefined, type(`npm run secrets -- rotate ${city} ${account ?? ""}`, own.rotate)),
      type(`npm run secrets -- first ${city} --pool ${pool} --again ${seat}`, own.again),
    ],
  },
  leaver: {
    duty: "desktop-team",
    steps: ({ city, computers }, own, shared) => [
      say(own.file),
      type("npm run validate", shared.check),
      say(own.retired),
      ...applied(city, shared, own.applied),
      ...onlyIf(computers, type(`npm run computers -- ${city} --disable`, own.account)),
    ],
  },
} satisfies Partial<Runbooks>;
