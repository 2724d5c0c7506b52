// cdktf's app, as cdktf.json names it: stacks/main.ts, compiled.
import { createRequire } from "node:module";
import { compiled } from "../runtime/compile.mjs";

createRequire(import.meta.url)(compiled("stacks/main.ts"));
