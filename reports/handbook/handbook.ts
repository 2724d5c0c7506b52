import type { SupportDuty } from "../../access/vsphere/support-duties";
import type { DeployedCity } from "../../environments/model/city";
import type { Path } from "../../environments/path";
import type { SupportContact } from "../../environments/model/support";
import type { Language } from "../../words/language";
import { WORDS } from "../../words/catalogue";
import { supportRoles } from "../support-report";
import type { ReportedSupportRole } from "../support-report";
import { cityRunbooks } from "./city-runbooks";
import { runbookContext } from "./context";
import type { RunbookContext } from "./context";
import { INCIDENTS } from "./runbook";
import type { Incident, Runbooks } from "./runbook";
import { seatRunbooks } from "./seat-runbooks";
import type { Step } from "./steps";
import { watchingRunbooks } from "./watching-runbooks";

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
const RUNBOOKS: Runbooks = { ...seatRunbooks, ...cityRunbooks, ...watchingRunbooks };

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
    runbooks: INCIDENTS.filter((id) => RUNBOOKS[id].concerns?.(context) ?? true).map((id) =>
      runbook(id, context, language),
    ),
  };
}

function runbook<Id extends Incident>(
  id: Id,
  context: RunbookContext,
  language: Language,
): Runbook & { readonly id: Id } {
  const {
    runbooks,
    handbook: { shared },
  } = WORDS[language];
  const { duty, steps }: Runbooks[Id] = RUNBOOKS[id];
  return { id, duty, title: runbooks[id].title, steps: steps(context, runbooks[id], shared) };
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
