import type { SupportDuty } from "../../access/vsphere/support-duties";
import type { DeployedCity } from "../../environments/model/city";
import type { Path } from "../../environments/path";
import type { SupportContact } from "../../environments/model/support";
import type { Language } from "../../preview/page/layout";
import { supportRoles } from "../support-report";
import type { ReportedSupportRole } from "../support-report";
import { cityRunbooks } from "./city-runbooks";
import { runbookContext } from "./context";
import { INCIDENTS } from "./runbook";
import type { Incident, WrittenRunbook } from "./runbook";
import { seatRunbooks } from "./seat-runbooks";
import { watchingRunbooks } from "./watching-runbooks";

/** A step: what to do, and what to type. */
export interface Step {
  readonly text: string;
  /** A line for the shell; null where there is nothing to type. */
  readonly command: string | null;
}

/** What to do about an incident. */
export interface Runbook {
  /** Its anchor in the page, which alerts link to. */
  readonly id: Incident;
  readonly title: string;
  /** Who does it. */
  readonly duty: SupportDuty;
  readonly steps: readonly Step[];
}

/** Who gets at every secret in an emergency, and for how long. */
export interface BreakGlass {
  readonly group: string;
  readonly minutes: number;
  readonly commands: readonly string[];
}

/** A city's handbook of assistance, in one language. */
export interface Handbook {
  readonly language: Language;
  readonly city: string;
  readonly cityName: string;
  /** The day for which the file is valid. */
  readonly asOf: string;
  /** Whether the file says anything of its assistance. */
  readonly assisted: boolean;
  /** Who is called; empty where the file says nobody. */
  readonly contacts: readonly SupportContact[];
  readonly roles: readonly ReportedSupportRole[];
  /** Whether people log in to a Vault. */
  readonly people: boolean;
  /** Null where the file has none. */
  readonly breakGlass: BreakGlass | null;
  readonly runbooks: readonly Runbook[];
}

/** A city has those of what it has: without a Vault nobody unseals one. */
const RUNBOOKS: Readonly<Record<Incident, WrittenRunbook>> = { ...seatRunbooks, ...cityRunbooks, ...watchingRunbooks };

/** The handbook of a city. */
export function handbook(city: DeployedCity, language: Language, lineOf: (path: Path) => number): Handbook {
  const context = runbookContext(city);
  return {
    ...{ language, city: city.city.id, cityName: city.city.name, asOf: city.asOf },
    assisted: city.support.contacts.length + city.support.roles.length > 0,
    people: city.secrets.people !== undefined,
    contacts: city.support.contacts,
    roles: supportRoles(city, lineOf),
    breakGlass: breakGlass(city),
    runbooks: INCIDENTS.filter((id) => RUNBOOKS[id].concerns?.(context) ?? true).map((id) => {
      const { title, duty, steps } = RUNBOOKS[id];
      const written = steps(context).map(({ text, command = null }) => ({ text: text[language], command }));
      return { id, duty, title: title[language], steps: written };
    }),
  };
}

function breakGlass({ city: { id }, secrets }: DeployedCity): BreakGlass | null {
  const declared = secrets.people?.breakGlass;
  if (declared === undefined) return null;
  return {
    ...declared,
    commands: [
      `export VAULT_TOKEN=$(bao login -method=ldap -path=${id}/break-glass -token-only username=LOGIN)`,
      `bao read -wrap-ttl=5m -field=wrapping_token ${id}/kv/data/SECRET reason="Incident NUMBER: what happened"`,
      "VAULT_TOKEN=WRAPPING_TOKEN bao unwrap",
    ],
  };
}
