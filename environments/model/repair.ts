import { z } from "zod";

/** What may be done with a pool's seats that are not healthy. */
export const repairSchema = z
  .strictObject({
    atMostPercent: z
      .int()
      .min(1)
      .max(50)
      .default(5)
      .describe(
        "The most of its seats, in per cent, that may be unhealthy at a time, and always one: where there are more, it is no " +
          "seat's fault, and none is repaired.",
      ),
    replace: z
      .boolean()
      .default(false)
      .describe(
        "true removes the machine of a floating seat that nothing else repaired; the next deployment makes it anew.",
      ),
  })
  .describe(
    "Seats that are not healthy are repaired in steps by seats CITY --repair: restarted, then logged in to Vault and the domain " +
      "again. By default they are only listed.",
  );

/** @see repairSchema */
export type Repair = z.output<typeof repairSchema>;
