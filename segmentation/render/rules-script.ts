import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";

/** What loads a gateway's rules, as it runs there. */
export const RULES_SCRIPT = own("gateway-rules.sh");
/** What the agents of gateways and of access machines have in common, and where they find it: beside themselves. */
export const AGENT_COMMON = { path: "/usr/local/sbin/agent-common.sh", text: own("agent-common.sh") };

function own(name: string): string {
  return readFileSync(join(REPOSITORY, "segmentation", "render", name), "utf8");
}
