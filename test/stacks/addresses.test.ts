import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { RECORDED_ADDRESSES, addresses } from "../fixtures/addresses";

const DIFFERS =
  "a resource that has another address is destroyed and made anew: move it, note it in CHANGELOG.md, and record; where all are new ones, " +
  "record them: npx tsx test/recorded/record-addresses.ts";

/** An address is a contract: Terraform knows a resource by it. */
test("both cities have the same resources at the same addresses as the version before", () => {
  const [before, now] = [readFileSync(RECORDED_ADDRESSES, "utf8"), addresses()].map((text) => text.trim().split("\n"));
  const gone = before?.filter((line) => now?.includes(line) !== true);
  const added = now?.filter((line) => before?.includes(line) !== true);
  expect({ gone, added, then: DIFFERS }).toEqual({ gone: [], added: [], then: DIFFERS });
});
