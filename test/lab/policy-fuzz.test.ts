import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { AccessRequest, Operation, Reason } from "../../access/evaluation/decision";
import { PolicyEvaluator } from "../../access/evaluation/evaluate";
import type { Policy } from "../../access/policy";
import { policyDocument } from "../../access/policy-document";
import { casesOf, pathCases, policySets, requestCases, restrictedCases, writes } from "../fixtures/policies";
import type { PolicyCase } from "../fixtures/policies";
import { SOAK } from "../fixtures/soak";
import { sendable, statusAs } from "./access-call";
import { TestVault } from "./test-vault";

const MINUTE = 60_000;
jest.setTimeout(10 * MINUTE);

const RUNS = SOAK ? 2000 : 40;
const DENIED = 403;
const DONE = 204;

/** Stores of the older kind, which take any parameter and can tell a new key from one that is there. */
const MOUNTS = ["a", "b", "ab"];

/** Nothing happens at these when they are read or listed; about half of them ask for sudo. */
const SYSTEM_PATHS = [
  ...[
    "sys/auth/a",
    "sys/auth",
    "sys/audit",
    "sys/audit/a",
    "sys/audits",
    "sys/raw/a",
    "sys/leases",
    "sys/leases/lookup/a",
  ],
  ...["sys/plugins/catalog/a", "sys/config/cors", "sys/config/auditing/a", "sys/internal/inspect/a", "sys/mounts"],
  ...[
    "sys/rotate",
    "sys/rotate/a",
    "auth/token/accessors",
    "auth/token/accessors/",
    "auth/token/roles",
    "sys/leases/a",
  ],
];
const SYSTEM_PATTERNS = [
  "sys/*",
  "sys/+",
  "sys/+/a",
  "sys/auth/*",
  "sys/audit",
  "+/+/+",
  "auth/token/*",
  "sys/leases/+/a",
  "*",
];

/** What chance meets too seldom: of two letters for one, the pattern is longer that has more bytes. */
const IN_BYTES: PolicyCase<string> = {
  policies: [
    {
      name: "fuzz-0",
      rules: [
        { path: "+/éé/+/d", capabilities: ["read"], why: "10 bytes, 8 letters." },
        { path: "+/+/ccc/d", capabilities: ["list"], why: "9 of both." },
      ],
    },
  ],
  asked: ["a/éé/ccc/d"],
};

let vault: TestVault;
/** Keys that are there, since a write of them is an update. */
const existing = new Set<string>();
const counted: Record<"paths" | "calls" | Reason, number> = {
  ...{ paths: 0, calls: 0, granted: 0, denied: 0, wrapping: 0 },
  ...{ "no-rule": 0, "no-capability": 0, "no-sudo": 0 },
  ...{ "parameter-missing": 0, "parameter-denied": 0, "parameter-not-allowed": 0 },
};

beforeAll(async () => {
  vault = await TestVault.start();
  for (const mount of MOUNTS) await vault.root.post(`sys/mounts/${mount}`, { type: "kv", options: { version: "1" } });
}, MINUTE);

afterAll(async () => {
  console.log(JSON.stringify(counted));
  await vault.stop();
}, MINUTE);

/** Writes the policies and gives a token that has them and no others. */
async function tokenOf(policies: readonly Policy[]): Promise<string> {
  for (const { name, rules } of policies) {
    await vault.root.post(`sys/policies/acl/${name}`, { policy: policyDocument(rules) });
  }
  const body = { policies: policies.map(({ name }) => name), no_default_policy: true };
  const answer = (await vault.root.post("auth/token/create-orphan", body)) as { auth: { client_token: string } };
  return answer.auth.client_token;
}

async function serversCapabilities(token: string, asked: readonly string[]): Promise<Record<string, unknown>> {
  const answer = await vault.root.post("sys/capabilities", { token, paths: asked });
  const { data } = answer as { data: Record<string, unknown> };
  return Object.fromEntries(asked.map((path) => [path, data[path]]));
}

/**
 * A request as the server judges it: a write is an update of what is there and of what no store knows, and a write to a
 * store itself, which is looked at before the policies are, has got a slash by then.
 */
function judged(request: AccessRequest): AccessRequest {
  if (request.operation !== "create" && request.operation !== "update") return request;
  if (MOUNTS.includes(request.path)) return { ...request, operation: "create", path: `${request.path}/` };
  const known = existing.has(request.path) || !MOUNTS.some((mount) => request.path.startsWith(`${mount}/`));
  return { ...request, operation: known ? "update" : "create" };
}

async function allowedByServer(token: string, request: AccessRequest): Promise<boolean> {
  const status = await statusAs(vault.root.as(token), request);
  if (status === DONE && request.operation === "delete") existing.delete(request.path);
  if (status === DONE && writes(request.operation)) existing.add(request.path);
  return status !== DENIED;
}

/** The requests that the server answers otherwise than the evaluator. */
async function differences({ policies, asked }: PolicyCase<AccessRequest>): Promise<unknown[]> {
  const evaluator = new PolicyEvaluator(policies);
  const token = await tokenOf(policies);
  const found: unknown[] = [];
  for (const request of asked.map(sendable)) {
    const known = judged(request);
    const decision = evaluator.decide(known);
    const allowed = await allowedByServer(token, request);
    counted.calls += 1;
    counted[decision.reason] += 1;
    if (decision.allowed !== allowed) found.push({ request: known, decision, server: allowed });
  }
  return found;
}

/** The smallest policies that are found and what the server answers otherwise; null when nothing is. */
async function disagreement(cases: fc.Arbitrary<PolicyCase<AccessRequest>>): Promise<unknown> {
  const property = fc.asyncProperty(cases, async (one) => (await differences(one)).length === 0);
  const { counterexample } = await fc.check(property, { numRuns: RUNS });
  if (counterexample === null) return null;
  return { policies: counterexample[0].policies, differences: await differences(counterexample[0]) };
}

describe("the evaluator and the server agree about random policies", () => {
  test("on the capabilities of paths", async () => {
    await fc.assert(
      fc.asyncProperty(pathCases, async ({ policies, asked }) => {
        const evaluator = new PolicyEvaluator(policies);
        const answers = await serversCapabilities(await tokenOf(policies), asked);
        counted.paths += asked.length;
        expect(Object.fromEntries(asked.map((path) => [path, evaluator.capabilities(path)]))).toEqual(answers);
      }),
      { numRuns: RUNS, examples: [[IN_BYTES]] },
    );
  });

  test("on which requests are denied", async () => {
    expect(await disagreement(requestCases)).toBeNull();
  });

  test("on which parameters and which wrapping are denied", async () => {
    expect(await disagreement(restrictedCases)).toBeNull();
  });

  test("on which paths ask for sudo", async () => {
    const operation = fc.constantFrom<Operation>("read", "list");
    const request = fc.record({ path: fc.constantFrom(...SYSTEM_PATHS), operation });
    expect(await disagreement(casesOf(policySets(fc.constantFrom(...SYSTEM_PATTERNS)), request))).toBeNull();
  });
});
