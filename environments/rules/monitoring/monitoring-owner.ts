import { quoted } from "../../display";
import { TOPICS } from "../../model/monitoring";
import type { CityRule } from "../rule";

/** An alert that nobody answers is noise, and one that two answer is left to the other. */
export const monitoringOwner: CityRule = {
  id: "monitoring-owner",
  explanation: "each topic of alerts has one owner: " + TOPICS.join(", "),
  repair: "give it to one owner's answers",
  *check({ monitoring }) {
    if (monitoring === undefined) return;
    const found = new Map<string, string>();
    for (const [index, { name, answers }] of monitoring.owners.entries()) {
      for (const [at, topic] of answers.entries()) {
        const other = found.get(topic);
        const path = ["monitoring", "owners", index, "answers", at];
        if (other !== undefined) yield { path, message: `${topic} has the owner ${quoted(other)} already` };
        else found.set(topic, name);
      }
    }
    for (const topic of TOPICS.filter((one) => !found.has(one))) {
      yield { path: ["monitoring", "owners"], message: `alerts about ${topic} have no owner` };
    }
  },
};
