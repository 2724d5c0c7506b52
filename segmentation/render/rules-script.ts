import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";

/** What loads a gateway's rules, as it runs there. */
export const RULES_SCRIPT = readFileSync(join(REPOSITORY, "segmentation", "render", "gateway-rules.sh"), "utf8");
