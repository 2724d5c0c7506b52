import type { SupportDuty } from "../../access/vsphere/support-duties";
import type { RunbookContext } from "./context";
import type { Words } from "../../words/words";
import type { Step } from "./steps";

/** The incidents that the handbook has a runbook for; an alert's link ends with one: `handbook.html#datastore-full`. */
export const INCIDENTS = [
  "seat-does-not-start",
  "seat-lost-with-host",
  "datastore-full",
  "certificate-expired",
  "join-fails",
  "wrong-flow",
  "emergency-begins",
  "emergency-ends",
  "leaver",
  "stolen-machine",
  "vault-sealed",
  "secret-not-right",
  "drift",
  "monitoring-silent",
] as const;

/** @see INCIDENTS */
export type Incident = (typeof INCIDENTS)[number];

/** A runbook as it is written; its texts are in the catalogue under its own name. */
interface WrittenRunbook<Id extends Incident> {
  /** Who does it; the others are called by him. */
  readonly duty: SupportDuty;
  /** Whether the city has what it is about. @default - every city has */
  readonly concerns?: (context: RunbookContext) => boolean;
  readonly steps: (
    context: RunbookContext,
    own: Words["runbooks"][Id],
    shared: Words["handbook"]["shared"],
  ) => readonly Step[];
}

/** The runbook of each incident. */
export type Runbooks = { readonly [Id in Incident]: WrittenRunbook<Id> };
