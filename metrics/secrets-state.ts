import type { Status } from "../secrets/vault-access";
import { certificateMetric } from "./certificate-state";
import { single } from "./exposition";
import type { Metric } from "./exposition";

/** A status's states, in the order of secrets/vault-access.ts. */
const STATES = ["right", "missing", "deleted", "old", "unrotated", "different", "surplus"] as const;
const MS = 1000;
/** How `secrets status` names the certificate authority. */
const AUTHORITY = "authority";
const ACCOUNT = /^account (.*)$/;

/** What Vault says of itself, beside the statuses. */
export interface VaultReadings {
  readonly statuses: readonly Status[];
  /** Seconds between two rotations, by account. */
  readonly periods: ReadonlyMap<string, number>;
  /** When the token that asked ends, in seconds since 1970; undefined for one without an end. */
  readonly tokenEnds: number | undefined;
}

/** The state of a city's secrets: numbers by kind, never a value, and of accounts when they are to be rotated. @param now seconds since 1970 */
export function secretsMetrics({ statuses, periods, tokenEnds }: VaultReadings, now: number): Metric[] {
  const kinds = [...new Set(statuses.map(kindOf))];
  const samples = kinds.flatMap((kind) =>
    STATES.map((state) => ({
      labels: { kind, state },
      value: statuses.filter((one) => kindOf(one) === kind && one.state === state).length,
    })),
  );
  const ends = statuses.flatMap(({ what, until }) =>
    what.startsWith(AUTHORITY) && until !== undefined
      ? [{ certificate: AUTHORITY, notAfter: Date.parse(until) / MS }]
      : [],
  );
  return [
    { name: "postazioni_secrets", help: "What the file declares in Vault, by kind and state.", samples },
    {
      name: "postazioni_account_rotation_due_timestamp_seconds",
      help: "When Vault is to rotate an account's password next.",
      samples: statuses.flatMap((status) => due(status, periods)),
    },
    certificateMetric(ends),
    ...(tokenEnds === undefined
      ? []
      : [single("postazioni_token_expires_timestamp_seconds", "End of the token that asked.", tokenEnds)]),
    single("postazioni_secrets_checked_timestamp_seconds", "When Vault was asked last.", now),
  ];
}

function kindOf({ what }: Status): string {
  return what.split(" ")[0] ?? what;
}

function due({ what, since }: Status, periods: ReadonlyMap<string, number>): Metric["samples"] {
  const account = ACCOUNT.exec(what)?.[1] ?? "";
  const period = periods.get(account);
  return period === undefined || since === ""
    ? []
    : [{ labels: { account }, value: Math.round(Date.parse(since) / MS) + period }];
}
