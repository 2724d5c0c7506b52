/** Who holds the lock of a state, as Terraform tells it. */
const HOLDER =
  /Lock Info:.*? ID: (?<id>\S+).*? Operation: (?:OperationType)?(?<operation>\S*).*? Who: (?<who>\S*).*? Created: (?<since>\S+ \d\d:\d\d:\d\d)/;
const LOCKED = "Error acquiring the state lock";
const OPERATIONS = "docs/guides/operations.md";

/** What Terraform, OpenTofu and the provider say where a state is not right, and what it means. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /uses format version \d+, which is not supported/,
    "its state was written by a newer Terraform: deploy with that version, or a later one",
  ],
  [
    /decryption failed|failed to decrypt|encryption key data|Encryption not configured/i,
    "its state cannot be decrypted: TF_ENCRYPTION names another key than it was written with, or the key is gone",
  ],
  [
    /Unsupported state file format|could not be parsed as JSON|unexpected end of JSON/,
    "its state is damaged, or encrypted and read without TF_ENCRYPTION: put back the store's version of before",
  ],
  [
    /ManagedObjectNotFound|has already been deleted or has not been completely created|could not locate category with id|cannot locate virtual machine/,
    "vCenter has no more, or does not show this login, what its state has: look with 'npm run recover -- CITY', whose --repair takes it out of the state",
  ],
  [
    /Saved plan is stale/,
    "another deployment changed its state just now: what it left to do is planned by the next one",
  ],
];

/** How an explained error names the holder of a lock. */
const EXPLAINED = /its state is locked by (.*?): wait until/;

/** Who holds the lock for which an explained error failed; undefined for any other error. */
export function holderIn(error: string): string | undefined {
  return EXPLAINED.exec(error)?.[1];
}

/** An error of Terraform, in the words of a deployment where it concerns the state. */
export function explained(error: string): string {
  const [, meaning] = MEANINGS.find(([pattern]) => pattern.test(error)) ?? [];
  if (meaning !== undefined) return `${meaning}; ${OPERATIONS} has how (${error})`;
  if (!error.includes(LOCKED)) return error;
  return (
    `its state is locked by ${holderText(error)}: wait until that has ended; where nobody works on it any more, ` +
    `${OPERATIONS} has how to lift the lock`
  );
}

/** Such as `anna@ops1 since 2026-11-30 14:27:31 UTC (apply, lock 7b79ca70-...)`; a store that names nobody is quoted. */
function holderText(error: string): string {
  const { id, operation = "", who = "", since = "" } = HOLDER.exec(error)?.groups ?? {};
  if (id === undefined) return `somebody (${error})`;
  return `${who} since ${since} UTC (${operation.toLowerCase()}, lock ${id})`;
}
