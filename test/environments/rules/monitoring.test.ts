import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import type { Edit } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";
import { monitored } from "../../fixtures/monitoring";

/** The violations of Milan with monitoring that has something else in it. */
function withMonitoring(edit: Edit): string[] {
  return milanWith(monitored(), edit);
}

test("a city may have monitoring, with a default for what it leaves out", () => {
  expect(milanWith(monitored())).toEqual([]);
});

describe("monitoring-owner", () => {
  test("finds the alerts that nobody answers", () => {
    expect(withMonitoring({ "monitoring.owners.security.answers": ["secrets"] })).toEqual([
      "monitoring.owners: alerts about monitoring have no owner; allowed: each topic of alerts has one owner: desktops, " +
        "platform, network, secrets, configuration, monitoring; repair: give it to one owner's answers",
    ]);
  });

  test("finds the alerts that two answer", () => {
    expect(withMonitoring({ "monitoring.owners.network.answers.+": "platform" })).toEqual([
      expect.stringContaining(
        'monitoring.owners[name=network].answers[1]: platform has the owner "desktops" already; allowed: ',
      ),
    ]);
  });
});

test("an owner without a receiver is refused", () => {
  expect(withMonitoring({ "monitoring.owners.network.email": undefined })).toEqual([
    expect.stringContaining("monitoring.owners[name=network]"),
  ]);
  expect(withMonitoring({ "monitoring.owners.network.email": undefined })[0]).toContain(
    "webhook, email, or both: an owner without a receiver hears nothing; repair: say where its alerts go",
  );
});

test("a mail needs a server", () => {
  expect(withMonitoring({ "monitoring.mail": undefined })).toEqual([
    'monitoring.owners[name=network].email: no mail reaches "network": monitoring.mail is missing; allowed: where an owner has ' +
      "an email, monitoring.mail says how mails leave; repair: add monitoring.mail with smarthost and from, or give the owner a webhook",
  ]);
});

test("alerts have no runbooks without the handbook's page", () => {
  expect(withMonitoring({ "monitoring.handbook": undefined })).toEqual([
    expect.stringContaining("monitoring.handbook"),
  ]);
});

describe("monitoring-threshold", () => {
  test.each([
    ["datastoreFullPercent: 20", "datastoreFullPercent is 20, and datastoreFreePercent is 20; allowed: less than 20"],
    [
      "certificateLastDays: 40",
      "certificateLastDays is 40, and certificateDays is 30; allowed: less than 30; repair: lower it, or raise the other",
    ],
  ])("refuses %s", (yaml, text) => {
    expect(withMonitoring({ "monitoring.+thresholds": inYaml(`{ ${yaml} }`) })).toEqual([
      expect.stringContaining(`: ${text}`),
    ]);
  });

  test.each(["usablePercent: 100", "readyMinutes: 0", "passedPercent: 101"])("refuses the level %s", (yaml) => {
    expect(withMonitoring({ "monitoring.+serviceLevels": inYaml(`{ ${yaml} }`) })).toHaveLength(1);
  });
});

describe("monitoring-reach", () => {
  test("finds each segment whose seats the server could not ask", () => {
    expect(withMonitoring({ "monitoring.ports.linux": 9100 })).toEqual([
      expect.stringMatching(
        /^monitoring\.from: "management" does not reach desktops-smart-working on tcp\/9100: no flow opens it; allowed: .*; repair: add a flow from monitoring\.from/,
      ),
    ]);
  });

  test("is silent where the server's place is not known, which monitoring-from tells", () => {
    expect(withMonitoring({ "monitoring.from": "managment" })).toEqual([
      expect.stringMatching(
        /^monitoring\.from: "managment" names no segment or network outside; .* write "management"$/,
      ),
    ]);
  });
});

test.each([
  ["owner", { "monitoring.owners.network.name": "security" }, 'the owner "security" is there'],
  [
    "alert",
    {
      "monitoring.+severities": inYaml(
        "[{ alert: DriftFound, severity: critical }, { alert: DriftFound, severity: warning }]",
      ),
    },
    'the alert "DriftFound" is there',
  ],
  [
    "pool",
    { "monitoring.+serviceLevels": inYaml("{ pools: [{ pool: tecnica }, { pool: tecnica }] }") },
    'the pool "tecnica" is there',
  ],
])("monitoring-once finds a second %s", (_, edit: Edit, text) => {
  expect(withMonitoring(edit)).toEqual([expect.stringContaining(text)]);
});

test("monitoring-pool finds levels of a pool that is not declared", () => {
  expect(withMonitoring({ "monitoring.+serviceLevels": inYaml("{ pools: [{ pool: tecnika }] }") })).toEqual([
    expect.stringMatching(/"tecnika" names no pool; .* write "tecnica"$/),
  ]);
});

test("no login and no query of a receiver's URL stands in the file", () => {
  for (const url of ["https://user:pass@alerts.example/x", "https://alerts.example/x?token=abc"]) {
    expect(withMonitoring({ "monitoring.owners.security.webhook": url })).toHaveLength(1);
  }
});
