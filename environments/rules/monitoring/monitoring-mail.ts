import { quoted } from "../../display";
import type { CityRule } from "../rule";

/** Alertmanager refuses a mail receiver without a mail server. */
export const monitoringMail: CityRule = {
  id: "monitoring-mail",
  explanation: "where an owner has an email, monitoring.mail says how mails leave",
  repair: "add monitoring.mail with smarthost and from, or give the owner a webhook",
  *check({ monitoring }) {
    if (monitoring === undefined || monitoring.mail !== undefined) return;
    for (const [index, { name, email }] of monitoring.owners.entries()) {
      if (email === undefined) continue;
      const message = `no mail reaches ${quoted(name)}: monitoring.mail is missing`;
      yield { path: ["monitoring", "owners", index, "email"], message };
    }
  },
};
