import { sshPrincipal } from "../../access/ssh-principal";
import type { City } from "../model/city";
import { poolAddedTo } from "../seats/surge";

const POOL = /^pools\/(.*)$/;

/** A role that signs SSH keys. */
export interface SshSigning {
  readonly name: string;
  /** Principals that its certificates may have, the default first. */
  readonly principals: readonly string[];
  /** Life of a certificate, in minutes. */
  readonly minutes: number;
}

/** The SSH roles of a city; empty where it has no SSH authority. */
export function sshRoles({ city, secrets }: City): SshSigning[] {
  return (secrets.ssh?.roles ?? []).map(({ name, logins, minutes }) => ({
    name,
    principals: logins.map((login) => sshPrincipal(city.id, name, login)),
    minutes,
  }));
}

/** The principals that machines accept, such as `gateways` or `pools/smart-working`. */
export function principalsOn({ city, secrets }: City, machines: string): string[] {
  const roles = (secrets.ssh?.roles ?? []).filter((role) => role.machines.includes(machines));
  return roles.flatMap(({ name, logins }) => logins.map((login) => sshPrincipal(city.id, name, login)));
}

/** The principals that desktops of a pool accept; an emergency's seats accept those of the pool that they add to. */
export function principalsOfPool(city: City, pool: string): string[] {
  return principalsOn(city, `pools/${poolAddedTo(city, pool)}`);
}

/** The pool's name in a text such as `pools/smart-working`; undefined in any other text. */
export function poolOfMachines(machines: string): string | undefined {
  return POOL.exec(machines)?.[1];
}
