import type { SupportDuty } from "../../../access/vsphere/support-duties";
import { quoted } from "../../display";
import type { DeclaredCity } from "../../model/city";
import type { People } from "../../model/people";
import { folded } from "../helpers/repeated";
import type { CityRule, Finding } from "../rule";

/** Duties that see no secret's value. */
const SECRETLESS: readonly SupportDuty[] = ["help-desk", "auditor", "monitoring"];
/** Those of them that only read, and so log in to no machine either. */
const READERS: readonly SupportDuty[] = ["auditor", "monitoring"];

type Team = People["teams"][number];

/** A team of secrets.people whose group has a support role with such a duty. */
interface SecretlessTeam extends Team {
  readonly duty: SupportDuty;
  /** Its index in the file. */
  readonly index: number;
}

/**
 * Who is called by everybody, or looks at everything, is the first whose login is asked for. A team's own folder is left out: it
 * has what the team itself wrote. A help desk may have the local administrators' passwords of Windows desktops: they are for it.
 */
export const supportSecrets: CityRule = {
  id: "support-secrets",
  explanation:
    "a group with the duty help-desk, auditor or monitoring may have secrets' names and its team's own secrets, and no other value; " +
    "an auditor's or monitoring's also no local administrator's password and no SSH login",
  repair: "give names only, or give the support role to another group",
  *check(city) {
    const teams = secretlessTeams(city);
    for (const team of teams) yield* readValues(team);
    for (const team of teams.filter(({ duty }) => READERS.includes(duty))) yield* otherWays(city, team);
  },
};

function secretlessTeams({ support, secrets }: DeclaredCity): SecretlessTeam[] {
  const duties = new Map(support.roles.map(({ group, duty = "help-desk" }) => [folded(withoutDomain(group)), duty]));
  return (secrets.people?.teams ?? []).flatMap((team, index) => {
    const duty = duties.get(folded(team.group));
    return duty !== undefined && SECRETLESS.includes(duty) ? [{ ...team, duty, index }] : [];
  });
}

/** vCenter's name of a group is compared with the directory's by what is behind its domain. */
function withoutDomain(group: string): string {
  return group.slice(group.indexOf("\\") + 1);
}

function* readValues(team: SecretlessTeam): Iterable<Finding> {
  for (const [number, { to, may }] of team.access.entries()) {
    if (may === "names" || to === `teams/${team.name}` || to.startsWith(`teams/${team.name}/`)) continue;
    const path = ["secrets", "people", "teams", team.index, "access", number, "may"];
    yield { path, message: `${who(team)} would ${may} secrets of ${quoted(to)}` };
  }
}

function* otherWays({ secrets: { directory, ssh } }: DeclaredCity, team: SecretlessTeam): Iterable<Finding> {
  if (directory?.localAdministrators?.readBy === team.name) {
    const path = ["secrets", "directory", "localAdministrators", "readBy"];
    yield { path, message: `${who(team)} would read local administrators' passwords`, repair: "name another team" };
  }
  for (const [index, { name, teams }] of (ssh?.roles ?? []).entries()) {
    const path = ["secrets", "ssh", "roles", index, "teams", teams.indexOf(team.name)];
    const message = `${who(team)} would log in to machines as ${quoted(name)} says`;
    if (teams.includes(team.name)) yield { path, message, repair: "take the team out" };
  }
}

function who({ name, group, duty }: SecretlessTeam): string {
  return `the team ${quoted(name)}, whose group ${quoted(group)} has the duty ${quoted(duty)},`;
}
