import type { AccessPlan, AskedName, Grant, Team } from "../../access/access-plan";
import type { City } from "../model/city";
import type { People } from "../model/people";
import { onceEach } from "../once";
import type { Path } from "../path";
import { poolAddedTo } from "../seats/surge";
import { accountPlan } from "./account-plan";
import { secretPlaces } from "./secret-places";

/**
 * Who gets which secrets of a city, with the path of every secret; made once a city. A name that refers to nothing grants
 * nothing, and a rule reports it.
 */
export const accessPlan = onceEach((city: City): AccessPlan => {
  const { people } = city.secrets;
  return {
    city: city.city.id,
    pools: city.pools.map(({ name }) => ({ name, joinAccounts: joinAccounts(city, name) })),
    directorates: city.directorates.map(({ id }) => id),
    teams: (people?.teams ?? []).map((team, index) => planTeam(city, team, ["secrets", "people", "teams", index])),
    ci: city.secrets.ci !== undefined,
    sshRoles: (city.secrets.ssh?.roles ?? []).map(({ name }) => name),
    breakGlass: people?.breakGlass !== undefined,
    gateways: city.network.gateway !== undefined,
    accessMachines: city.access?.machines !== undefined,
    quotas: city.platform.vault?.namespace === undefined,
    authority: city.secrets.authority !== undefined,
    accounts: accountPlan(city),
  };
});

function planTeam(city: City, { name, access }: People["teams"][number], path: Path): Team {
  const grants = access.flatMap(({ to, may }, index) => {
    const asked = { because: grantText(name, to, may), asked: [...path, "access", index] };
    return secretPlaces(city, to).map((place): Grant => ({ place, may, ...asked }));
  });
  return { name, grants, sshRoles: sshRoles(city, name) };
}

function sshRoles({ secrets }: City, team: string): AskedName[] {
  return (secrets.ssh?.roles ?? []).flatMap(({ name, teams }, index) =>
    teams.includes(team) ? [{ name, asked: ["secrets", "ssh", "roles", index] }] : [],
  );
}

/** The comment of a grant in its policy. It names no line of the file, since an edit above would change it. */
function grantText(team: string, to: string, may: Grant["may"]): string {
  return `Team ${team}, access to ${to}: ${may}.`;
}

/** The accounts that desktops of a pool join the domain with; an emergency's seats use those of the pool that they add to. */
function joinAccounts(city: City, pool: string): AskedName[] {
  const own = poolAddedTo(city, pool);
  const accounts = city.secrets.accounts?.rotated ?? [];
  return accounts.flatMap(({ name, joins }, index) =>
    joins.includes(own) ? [{ name, asked: ["secrets", "accounts", "rotated", index] }] : [],
  );
}
