import type { SupportDuty } from "../../../access/vsphere/support-duties";
import { listed, quoted } from "../../display";
import type { SupportContact } from "../../model/support";
import type { CityRule, Finding } from "../rule";

/** Whoever calls in an incident must reach somebody, and come to an end. */
export const supportContacts: CityRule = {
  id: "support-contacts",
  explanation:
    "a contact has a telephone or a mail address, and an escalation goes on to another contact and comes to an end",
  repair: "name a telephone, or another contact",
  *check({ support: { contacts } }) {
    const next = new Map(contacts.map(({ duty, escalation }) => [duty, escalation?.to]));
    for (const [index, contact] of contacts.entries()) {
      const path = ["support", "contacts", index];
      if (contact.phone === undefined && contact.mail === undefined)
        yield { path, message: `nobody reaches ${quoted(contact.name)}`, allowed: "phone, or mail, or both" };
      yield* escalation(contact, next, [...path, "escalation", "to"]);
    }
  },
};

function escalation(
  { duty, escalation: declared }: SupportContact,
  next: ReadonlyMap<SupportDuty, SupportDuty | undefined>,
  path: Finding["path"],
): Finding[] {
  if (declared === undefined) return [];
  const { to } = declared;
  if (!next.has(to)) return [{ path, message: `${quoted(to)} has no contact`, allowed: listed([...next.keys()]) }];
  const seen = new Set<SupportDuty>();
  for (let at: SupportDuty | undefined = to; at !== undefined && !seen.has(at); at = next.get(at)) seen.add(at);
  const message = `from ${quoted(to)} it comes back to ${quoted(duty)}`;
  return seen.has(duty) ? [{ path, message, repair: "let the last contact have no escalation" }] : [];
}
