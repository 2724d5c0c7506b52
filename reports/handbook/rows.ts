import type { Handbook } from "./handbook";
import { WORDS } from "../../words/catalogue";

/** The table of who is called, a row each, without its head. */
export function contactRows({ contacts, language }: Handbook): string[][] {
  const { duties, minutes, nobody } = WORDS[language].handbook;
  return contacts.map(({ duty, name, phone = "", mail = "", hours, escalation }) => [
    ...[duties[duty], name, phone, mail, hours],
    escalation === undefined ? nobody : minutes(escalation.afterMinutes, duties[escalation.to]),
  ]);
}

/** The table of who may do what, a row for each role and kind of object, without its head. */
export function roleRows({ roles, language }: Handbook): string[][] {
  const { duties, places, tasks, reads, withoutDuty } = WORDS[language].handbook;
  return roles.flatMap(({ name, group, duty, grants }) =>
    grants.map(({ place, on, tasks: may }) => [
      `${name} (${duty === null ? withoutDuty : duties[duty]})`,
      group,
      may.map((task) => tasks[task]).join(", ") || reads,
      `${places[place]} ${on.join(", ")}`,
    ]),
  );
}
