import { writeFileSync } from "node:fs";
import { RECORDED_ADDRESSES, addresses } from "../fixtures/addresses";

/** Records what test/stacks/addresses.test.ts holds both cities to: npx tsx test/recorded/record-addresses.ts. */
writeFileSync(RECORDED_ADDRESSES, addresses());
