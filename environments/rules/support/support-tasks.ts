import { SUPPORT_TASKS, tasksOf } from "../../../access/vsphere/support-duties";
import { listed, quoted } from "../../display";
import type { SupportRole } from "../../model/support";
import type { CityRule, Finding } from "../rule";

/**
 * A role whose tasks come from several duties would be the administrator that nobody declared: who helps at a desktop would also
 * move it, and who answers for its security would also sit at its console.
 */
export const supportTasks: CityRule = {
  id: "support-tasks",
  explanation: "a role's tasks are some of its duty's; without a duty, of the help desk's",
  repair: "take the task out, or give a role of its own to the group whose duty has it",
  *check({ support }) {
    for (const [index, role] of support.roles.entries()) {
      if (role.duty === undefined && role.may === undefined) yield neither(index);
      yield* beyond(role, index);
    }
  },
};

function neither(index: number): Finding {
  return {
    path: ["support", "roles", index],
    message: "the role has neither a duty nor tasks",
    allowed: "duty, or may, or both",
    repair: "say with duty what the group is there for",
  };
}

function* beyond({ duty = "help-desk", may = [] }: SupportRole, index: number): Iterable<Finding> {
  const known = tasksOf(duty);
  const all = SUPPORT_TASKS.every((task) => may.includes(task));
  for (const [number, task] of may.entries()) {
    if (known.includes(task)) continue;
    const message = `${quoted(task)} is no task of ${quoted(duty)}${all ? ": the role may do everything" : ""}`;
    const allowed = known.length === 0 ? "none: it only reads, so leave may out" : listed(known);
    yield { path: ["support", "roles", index, "may", number], message, allowed };
  }
}
