import type { AccessPlan, Grant, Team } from "../../access/access-plan";
import type { City } from "../model/city";
import type { People } from "../model/people";
import { surgeName } from "../seats/surge";
import { accountPlan } from "./account-plan";
import { secretPlaces } from "./secret-places";

/** Who is to have which secrets of a city, with every name followed; what leads nowhere grants nothing, and a rule reports it. */
export function accessPlan(city: City): AccessPlan {
  const { people } = city.secrets;
  return {
    city: city.city.id,
    pools: city.pools.map(({ name }) => ({ name, joinAccounts: joinAccounts(city, name) })),
    directorates: city.directorates.map(({ id }) => id),
    teams: (people?.teams ?? []).map((team) => planTeam(city, team)),
    breakGlass: people?.breakGlass !== undefined,
    gateways: city.network.gateway !== undefined,
    authority: city.secrets.authority !== undefined,
    accounts: accountPlan(city),
  };
}

function planTeam(city: City, { name, access }: People["teams"][number]): Team {
  const grants = access.flatMap(({ to, may }) =>
    secretPlaces(city, to).map((place): Grant => ({ place, may, because: grantText(name, to, may) })),
  );
  return { name, grants, sshRoles: sshRoles(city, name) };
}

function sshRoles({ secrets }: City, team: string): string[] {
  return (secrets.ssh?.roles ?? []).filter(({ teams }) => teams.includes(team)).map(({ name }) => name);
}

/** What a grant is called in a policy: its place in the file without the line, which moves with every edit above it. */
function grantText(team: string, to: string, may: Grant["may"]): string {
  return `Team ${team}, access to ${to}: ${may}.`;
}

/** The accounts that desktops of a pool join with; those of an emergency's seats are its pool's. */
function joinAccounts({ secrets, emergency }: City, pool: string): string[] {
  const own = emergency.surge.find((surge) => surgeName(surge) === pool)?.pool ?? pool;
  const accounts = secrets.accounts?.rotated ?? [];
  return accounts.filter(({ joins }) => joins.includes(own)).map(({ name }) => name);
}
