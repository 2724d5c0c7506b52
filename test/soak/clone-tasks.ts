import { readFileSync } from "node:fs";
import type { ManagedObject } from "../../vcenter/managed-object";
import { VcenterClient } from "../../vcenter/vcenter-client";
import type { TestLab } from "../lab/test-lab";

/** A clone in a vCenter's task log. */
export interface CloneTask {
  readonly started: number;
  /** Undefined while it runs. */
  readonly ended: number | undefined;
}

const CLONE = "VirtualMachine.clone";

/** Asks a city's vCenter as the lab's own login. */
export async function askVcenter<T>(
  lab: TestLab,
  city: string,
  ask: (client: VcenterClient) => Promise<T>,
): Promise<T> {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.session.environment(city);
  const server = lab.session.data.cities.find(({ id }) => id === city)?.vcenter ?? "";
  const ca = readFileSync(lab.session.paths.certificates, "utf8");
  const client = await VcenterClient.logIn({ server, ca, connections: 1, user, password });
  try {
    return await ask(client);
  } finally {
    await client.logOut();
  }
}

/** The clones among the last 200 tasks of a city's vCenter. */
export function cloneTasks(lab: TestLab, city: string): Promise<CloneTask[]> {
  return askVcenter(lab, city, async (client) => {
    const [manager] = await client.properties("TaskManager", ["TaskManager"], ["recentTask"]);
    const ids = manager?.texts("recentTask") ?? [];
    const paths = ["info.descriptionId", "info.startTime", "info.completeTime"];
    const tasks = await client.properties("Task", ids, paths);
    return tasks.filter((task) => task.text("info.descriptionId") === CLONE).map(cloneTask);
  });
}

/** The most clones that ran at a time. */
export function mostAtATime(tasks: readonly CloneTask[]): number {
  return Math.max(
    0,
    ...tasks.map(
      ({ started }) => tasks.filter((one) => one.started <= started && (one.ended ?? Infinity) > started).length,
    ),
  );
}

function cloneTask(task: ManagedObject): CloneTask {
  const at = (path: string): number | undefined => {
    const text = task.text(path);
    return text === undefined ? undefined : Date.parse(text);
  };
  return { started: at("info.startTime") ?? Infinity, ended: at("info.completeTime") };
}
