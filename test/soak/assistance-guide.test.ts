import { workedThroughInCopy } from "../fixtures/worked-through";

workedThroughInCopy("assistance");
