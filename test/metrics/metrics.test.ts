import { expect, test } from "@jest/globals";
import { exposition, single } from "../../metrics/exposition";
import { driftMetrics } from "../../metrics/drift-state";
import { secretsMetrics } from "../../metrics/secrets-state";

const NOW = Date.parse("2026-11-30T10:00:00Z") / 1000;

test("a label's value is escaped, and a metric without samples left out", () => {
  const metric = { name: "m", help: "A metric.", samples: [{ labels: { of: 'a"b\\c\nd' }, value: 1.5 }] };
  expect(exposition([metric, { name: "empty", help: "None.", samples: [] }, single("n", "Another.", 2)])).toBe(
    '# HELP m A metric.\n# TYPE m gauge\nm{of="a\\"b\\\\c\\nd"} 1.5\n# HELP n Another.\n# TYPE n gauge\nn 2\n',
  );
});

test("secrets are counted by kind and state, and none is named but an account that is to be rotated", () => {
  const text = exposition(
    secretsMetrics(
      {
        statuses: [
          { what: "authority", state: "right", since: "2026-01-01T00:00:00Z", until: "2031-01-01T00:00:00Z" },
          { what: "account join-anagrafe", state: "right", since: "2026-11-30T09:00:00Z" },
          { what: "account join-tecnica", state: "missing", since: "" },
          { what: "secret pools/tecnica/licence-server", state: "old", since: "2025-01-01T00:00:00Z" },
        ],
        periods: new Map([
          ["join-anagrafe", 3600],
          ["join-tecnica", 3600],
        ]),
        tokenEnds: NOW + 60,
      },
      NOW,
    ),
  );
  expect(text).toContain('postazioni_secrets{kind="account",state="right"} 1\n');
  expect(text).toContain('postazioni_secrets{kind="secret",state="old"} 1\n');
  expect(text).toContain(`postazioni_account_rotation_due_timestamp_seconds{account="join-anagrafe"} ${String(NOW)}\n`);
  expect(text).not.toContain('due_timestamp_seconds{account="join-tecnica"}');
  expect(text).toContain('postazioni_certificate_not_after_timestamp_seconds{certificate="authority"} 1924992000\n');
  expect(text).toContain(`postazioni_token_expires_timestamp_seconds ${String(NOW + 60)}\n`);
  expect(text).not.toContain("licence-server");
});

test("a look for drift that failed was none", () => {
  const report = { city: "milan", asOf: "2026-11-24", stacks: [] } as const;
  expect(exposition(driftMetrics({ ...report, result: "failed" }, NOW))).not.toContain("checked");
  expect(exposition(driftMetrics({ ...report, result: "none" }, NOW))).toContain(
    `postazioni_drift_resources 0\n# HELP postazioni_drift_checked_timestamp_seconds When drift was looked for last.\n`,
  );
});
