import { z } from "zod";

/** How a floating seat becomes as new after its person left it. */
export const refreshSchema = z
  .enum(["revert", "remake"])
  .describe(
    "How refresh CITY makes a floating seat as new once its person left it for longer than returnMinutes. revert: its machine is " +
      "brought back to the snapshot that was taken before anybody used it; remake: its machine is removed, and the next " +
      "deployment makes it anew. By default what people leave on a seat stays there.",
  );

/** @see refreshSchema */
export type Refresh = z.output<typeof refreshSchema>;
