import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment } from "../../lab/child-environment";
import { runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import type { LabSession } from "../../lab/session";
import { VcenterClient } from "../../vcenter/vcenter-client";

const ROLE = "least-power";

/** Gives the lab's second login just these privileges on everything in a city's vCenter. */
export async function grant(lab: LabSession, city: string, privileges: readonly string[]): Promise<void> {
  const { user } = guarded(lab);
  await runOrThrow("the grant", {
    command: lab.data.programs.vcenter,
    args: ["grant", "--role", ROLE, "--principal", user, ...privileges],
    env: childEnvironment(lab.paths, lab.environment(city)),
    logFile: join(lab.paths.logs, "grant.log"),
    redactor: new Redactor(lab.secrets),
  });
}

/** The variables with which the vSphere provider logs in as the lab's second login. */
export function guardedVariables(lab: LabSession): Record<string, string> {
  const { user, password } = guarded(lab);
  return { VSPHERE_USER: user, VSPHERE_PASSWORD: password };
}

/** The password of the lab's second login, which is that of a member of each group too. */
export function guardedPassword(lab: LabSession): string {
  return guarded(lab).password;
}

/** A city's vCenter as a login sees it. */
export function vcenterClient(lab: LabSession, city: string, user: string, password: string): Promise<VcenterClient> {
  const server = lab.data.cities.find(({ id }) => id === city)?.vcenter ?? "";
  const ca = readFileSync(lab.paths.certificates, "utf8");
  return VcenterClient.logIn({ server, user, password, ca, connections: 2 });
}

/**
 * What work comes to with the second login while it may read machines and do nothing else. @param afterwards the privileges
 * that it has again
 */
export async function withoutPrivileges<T>(
  lab: LabSession,
  city: string,
  afterwards: readonly string[],
  work: (vcenter: VcenterClient) => Promise<T>,
): Promise<T> {
  await grant(lab, city, []);
  const { user, password } = guarded(lab);
  const vcenter = await vcenterClient(lab, city, user, password);
  try {
    return await work(vcenter);
  } finally {
    await vcenter.logOut();
    await grant(lab, city, afterwards);
  }
}

/** The same lab, in which cdktf and Terraform have the second login. */
export function asGuarded(lab: LabSession): LabSession {
  return lab.guarded();
}

function guarded({ data }: LabSession): { readonly user: string; readonly password: string } {
  if (data.guarded === undefined) throw new Error("the lab has no second login");
  return data.guarded;
}
