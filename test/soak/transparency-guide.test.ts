import { workedThroughInCopy } from "../fixtures/worked-through";

/** As its reader works through it, in a repository of his own. No server is needed. */
workedThroughInCopy("transparency", (reader) => {
  reader.commit("the city's files");
});
