import { workedThroughInCopy } from "../fixtures/worked-through";

workedThroughInCopy("refresh");
