import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

/** Advanced settings of a machine, guestinfo among them. */
export type Settings = Readonly<Record<string, string>>;

/** The order that a gateway obeys, and where it says how it stands (`gateway-rules.sh`). */
export const ORDER = "guestinfo.postazioni.order";
const STATE = "guestinfo.postazioni.gateway";
const RULES = "guestinfo.postazioni.rules";

/**
 * What a gateway thinks of the rules that vCenter has for it. `accepted`: nft would load them; `loaded`: on trial;
 * `returned`: the trial ended without a confirmation, and the former rules are loaded.
 */
export type Verdict = "none" | "accepted" | "refused" | "loaded" | "confirmed" | "returned";

/** How a gateway says that it stands. */
export interface GatewayState {
  /** SHA-256 of the rules that vCenter has for it. */
  readonly offered: string;
  readonly verdict: Verdict;
  /** Number of the last order that it obeyed. */
  readonly answered: string;
  /** Instance id of the configuration that cloud-init applied. */
  readonly base: string;
  /** Whether its rules are loaded, and keepalived runs. */
  readonly carries: boolean;
  /** Why the rules were refused or returned; empty where there is no reason. */
  readonly why: string;
}

/** What vCenter has for a gateway. */
export interface Given {
  /** SHA-256 of its rules. */
  readonly rules: string;
  /** Instance id of its configuration. */
  readonly base: string;
}

const LINE =
  /^offered=(\S+) verdict=(none|accepted|refused|loaded|confirmed|returned) answered=(\S+) base=(\S+) carries=(yes|no)(?: held=(?:[0-9a-f]{12}|nothing|none))?(?: why=(.*))?$/;

/** How a gateway stands; undefined where it never said so. */
export function stateIn(settings: Settings): GatewayState | undefined {
  const found = LINE.exec(settings[STATE] ?? "");
  if (found === null) return undefined;
  const [, offered = "", verdict = "none", answered = "", base = "", carries, why = ""] = found;
  return { offered, verdict: verdict as Verdict, answered, base, carries: carries === "yes", why };
}

/** The digest of what an access machine holds for a change (`access-agent.sh`); undefined where it does not say. */
export function heldIn(settings: Settings): string | undefined {
  return / held=([0-9a-f]{12}|nothing|none)\b/.exec(settings[STATE] ?? "")?.[1];
}

/** What vCenter has for a gateway; undefined where it is no gateway whose rules are loaded in place. */
export function givenIn(settings: Settings): Given | undefined {
  const { [RULES]: rules, "guestinfo.metadata": metaData = "" } = settings;
  const base = /^instance-id: *(\S+)$/m.exec(Buffer.from(metaData, "base64").toString())?.[1];
  if (rules === undefined || base === undefined) return undefined;
  const text = gunzipSync(Buffer.from(rules, "base64"));
  return { rules: createHash("sha256").update(text).digest("hex"), base };
}
