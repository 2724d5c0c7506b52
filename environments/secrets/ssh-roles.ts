import { sshPrincipal } from "../../access/ssh-principal";
import type { City } from "../model/city";
import { poolAddedTo } from "../seats/surge";

const POOL = /^pools\/(.*)$/;

/** For whom SSH keys are signed. */
export interface SshSigning {
  readonly name: string;
  /** What certificates may say that their holders are, the usual one first. */
  readonly principals: readonly string[];
  /** Life of a certificate, in minutes. */
  readonly minutes: number;
}

/** The SSH roles of a city; none where it has no authority. */
export function sshRoles({ city, secrets }: City): SshSigning[] {
  return (secrets.ssh?.roles ?? []).map(({ name, logins, minutes }) => ({
    name,
    principals: logins.map((login) => sshPrincipal(city.id, name, login)),
    minutes,
  }));
}

/** The principals that the machines of some kind believe, such as those of `gateways` or `pools/smart-working`. */
export function principalsOn({ city, secrets }: City, machines: string): string[] {
  const roles = (secrets.ssh?.roles ?? []).filter((role) => role.machines.includes(machines));
  return roles.flatMap(({ name, logins }) => logins.map((login) => sshPrincipal(city.id, name, login)));
}

/** The principals that desktops of a pool believe; those of an emergency's seats are its pool's. */
export function principalsOfPool(city: City, pool: string): string[] {
  return principalsOn(city, `pools/${poolAddedTo(city, pool)}`);
}

/** The pool that a kind of machines is; undefined where it is none. */
export function poolOfMachines(machines: string): string | undefined {
  return POOL.exec(machines)?.[1];
}
