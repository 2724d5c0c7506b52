import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";

/** What loads an access machine's configuration, as it runs there. */
export const AGENT = own("access-agent.sh");
/** What chooses a seat, as HAProxy loads it. */
export const SEAT_CHOICE = own("seat-choice.lua");

/** What fetches a machine's certificate. */
export const FETCHER = own("access-certificate.py");

function own(name: string): string {
  return readFileSync(join(REPOSITORY, "remote-desktop", "render", name), "utf8");
}
