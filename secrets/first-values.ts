import { z } from "zod";
import type { FirstValue } from "../environments/model/secrets";
import { mapConcurrently } from "../runtime/map-concurrently";
import { outcomeOf } from "./vault-access";
import type { Outcome, Status, VaultAccess } from "./vault-access";

const generated = z.object({ data: z.object({ password: z.string() }) });
const metadata = z.object({
  data: z.object({
    current_version: z.number(),
    versions: z
      .record(z.string(), z.object({ created_time: z.string(), deletion_time: z.string(), destroyed: z.boolean() }))
      .nullish(),
  }),
});
const MS_PER_DAY = 86_400_000;

/** Where a city's values lie, and how they are made. */
export interface ValueStore {
  /** Mount of the key-value store. */
  readonly mount: string;
  /** Name of the password policy. */
  readonly policy: string;
}

/**
 * Puts a password in place for each value that is not there yet: made by Vault, and never in the place of another one, which
 * Vault itself refuses (`cas` is 0). Safe to repeat.
 */
export function initializeValues(
  store: ValueStore,
  values: readonly FirstValue[],
  vault: VaultAccess,
  signal: AbortSignal,
): Promise<Outcome[]> {
  return mapConcurrently(values, 1, signal, ({ secret }) =>
    outcomeOf(`secret ${secret}`, () => initializeValue(store, secret, vault)),
  );
}

async function initializeValue(store: ValueStore, secret: string, vault: VaultAccess): Promise<"made" | "there"> {
  if ((await vault.get(`${store.mount}/metadata/${secret}`)) !== undefined) return "there";
  const { data } = generated.parse(await vault.get(`sys/policies/password/${store.policy}/generate`));
  await vault.post(`${store.mount}/data/${secret}`, { options: { cas: 0 }, data });
  return "made";
}

/** How the values stand. @param now for what is old */
export function valuesStatus(
  store: ValueStore,
  values: readonly FirstValue[],
  vault: VaultAccess,
  now: Date,
): Promise<Status[]> {
  return Promise.all(
    values.map(async ({ secret, renewEveryDays }): Promise<Status> => {
      const what = `secret ${secret}`;
      const answer = await vault.get(`${store.mount}/metadata/${secret}`);
      if (answer === undefined) return { what, state: "missing", since: "" };
      const { current_version, versions } = metadata.parse(answer).data;
      const current = versions?.[String(current_version)];
      if (current === undefined || current.destroyed || isPast(current.deletion_time, now)) {
        return { what, state: "deleted", since: current?.deletion_time ?? "" };
      }
      const since = current.created_time;
      const days = (now.getTime() - Date.parse(since)) / MS_PER_DAY;
      return { what, state: renewEveryDays !== undefined && days > renewEveryDays ? "old" : "right", since };
    }),
  );
}

/** Whether a version is deleted: where the store deletes after some days, the day is there from the first. */
function isPast(deletion: string, now: Date): boolean {
  return deletion !== "" && Date.parse(deletion) <= now.getTime();
}
