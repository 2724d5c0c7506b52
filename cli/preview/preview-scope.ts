import type { DeployedCity } from "../../environments/model/city";
import { InputError } from "../../runtime/errors";
import { changedBeside } from "./base";
import { choiceOf } from "./choose-stacks";
import type { CityPlanning } from "./city-plans";
import { DriftRecord } from "./drift-record";

/** The options that say how much of a city is planned. */
export interface ScopeOptions {
  readonly environments: string;
  readonly base?: string;
  readonly drift?: string;
  readonly all: boolean;
}

/** How much of a city is planned. */
export interface PreviewScope extends Pick<CityPlanning, "differing"> {
  /** When the last look for drift began, which decides on what is left out; null where none is known. */
  readonly withoutDriftAt: string | null;
}

const EVERYTHING: PreviewScope = { withoutDriftAt: null };

/**
 * How much of a city is planned: all of it, or what its base and the last look for drift do not answer for. Says why where
 * all is planned although there is a base.
 * @param base the city there. @default - none: all is planned
 * @throws InputError where the file of --drift is none of the city's, or there is no --base
 */
export function previewScope(id: string, base: DeployedCity | undefined, options: ScopeOptions): PreviewScope {
  const { environments, base: commit, drift, all } = options;
  if (drift !== undefined && commit === undefined) {
    throw new InputError(
      "--drift: without --base every stack is planned; name the commit to compare with, or leave it out",
    );
  }
  const record = drift === undefined ? undefined : DriftRecord.in(drift, id);
  if (all || base === undefined || commit === undefined) return EVERYTHING;
  const changed = changedBeside(commit, environments);
  const reason =
    changed !== undefined
      ? `${changed} was changed since ${commit}`
      : drift !== undefined && record === undefined
        ? `there is no ${drift} of an earlier look for drift`
        : undefined;
  if (reason === undefined) {
    return { differing: (output) => choiceOf(output, base, record), withoutDriftAt: record?.lookedAt ?? null };
  }
  console.error(`every stack is planned: ${reason}`);
  return EVERYTHING;
}
