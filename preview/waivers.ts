import type { DeployedCity } from "../environments/model/city";
import type { Waiver } from "../environments/model/gates";
import type { GateFinding } from "./gate-finding";

/** What decides on waivers: the review that is held, and the day. */
type Held = Pick<DeployedCity, "asOf" | "review">;

/** Whether a waiver that the branch has too lets a finding pass. */
export function isWaived(city: Held, finding: Pick<GateFinding, "gate" | "scope">): boolean {
  return waiverOf(city, finding) !== undefined;
}

/** The waiver that lets a finding pass; undefined where none does. */
export function waiverOf(
  { asOf, review }: Held,
  { gate, scope }: Pick<GateFinding, "gate" | "scope">,
): Waiver | undefined {
  return review.waivers.find((waiver) => waiver.gate === gate && waiver.scope === scope && asOf <= waiver.until);
}
