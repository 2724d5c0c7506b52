import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { workedThroughInCopy } from "../fixtures/worked-through";

const FIXTURES = join(__dirname, "../fixtures");

workedThroughInCopy("access", (reader) => {
  const { folder } = reader;
  reader.useTools();
  copyFileSync(join(FIXTURES, "access.yaml"), join(folder, "environments/porto.yaml"));
  copyFileSync(join(FIXTURES, "access.assignments.csv"), join(folder, "environments/access.assignments.csv"));
});
