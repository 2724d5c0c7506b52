import { workedThroughInCopy } from "../fixtures/worked-through";

/** As somebody works through it who has nothing yet; its rehearsal deploys the small file. */
workedThroughInCopy("first-city", (reader) => {
  reader.useTools();
});
