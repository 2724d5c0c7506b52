import { PolicyEvaluator } from "../access/evaluation/evaluate";
import type { Capability, Policy, PolicyRule } from "../access/policy";
import type { Progress } from "../runtime/progress";
import { RuleScan } from "./rule-scan";
import { median, table } from "./table";
import { clocked } from "./timed";

const RUNS = 3;
const POLICIES = [50, 150, 500] as const;
const PATHS = 2000;
/** A prime, so that the paths cover all policies and places. */
const STEP = 7919;
const MICROSECONDS = 1000;

interface Answers {
  capabilities(path: string): readonly Capability[];
}

interface Run {
  readonly build: number;
  readonly ask: number;
  readonly scan: number;
  readonly each: number;
}

/** Time of a policy decision without a server, by number of policies, compared with a scan of all rules. */
export async function benchAccess(progress: Progress): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const policies of POLICIES) {
    rows.push(await progress.step(`${String(policies)} policies`, () => Promise.resolve(measure(policies))));
  }
  return table([
    [
      "policies",
      "rules",
      "paths",
      "index, ms",
      "answers, ms",
      "with every rule, ms",
      "times",
      "each policy by itself, ms",
      "µs an answer",
    ],
    ...rows,
  ]);
}

function measure(count: number): (string | number)[] {
  const policies = Array.from({ length: count }, (_, index) => policy(index));
  const paths = Array.from({ length: PATHS }, (_, index) => path((index * STEP) % (count * 2), index));
  const runs = Array.from({ length: RUNS }, () => run(policies, paths));
  const middle = (of: (run: Run) => number): number => median(runs.map(of));
  const [ask, scan, each] = [middle((one) => one.ask), middle((one) => one.scan), middle((one) => one.each)];
  return [
    count,
    policies.reduce((sum, { rules }) => sum + rules.length, 0),
    PATHS,
    Math.round(middle(({ build }) => build)),
    Number(ask.toFixed(1)),
    Math.round(scan),
    Math.round(scan / ask),
    Math.round(each),
    Number(((each * MICROSECONDS) / (count * PATHS)).toFixed(2)),
  ];
}

function run(policies: readonly Policy[], paths: readonly string[]): Run {
  const [evaluator, build] = clocked(() => new PolicyEvaluator(policies));
  const [answers, ask] = clocked(() => asked(evaluator, paths));
  const [scanned, scan] = clocked(() => asked(new RuleScan(policies), paths));
  if (JSON.stringify(answers) !== JSON.stringify(scanned)) throw new Error("the index and every rule differ");
  const [, each] = clocked(() => {
    for (const one of policies) asked(new PolicyEvaluator([one]), paths);
  });
  return { build, ask, scan, each };
}

function asked(of: Answers, paths: readonly string[]): (readonly Capability[])[] {
  return paths.map((one) => of.capabilities(one));
}

/** A policy like those of pools and CI: with its own paths, and with common ones. */
function policy(index: number): Policy {
  const [pool, site] = [`pool-${String(index)}`, `site-${String(index % 20)}`];
  const rules: readonly (readonly [string, readonly Capability[]])[] = [
    [`city/kv/data/pools/${pool}/*`, ["read"]],
    [`city/kv/metadata/pools/${pool}/*`, ["list"]],
    [`city/kv/data/+/${site}/*`, ["read", "list"]],
    [`city/kv/data/sites/${site}/+/keys`, ["read"]],
    [`city/pki/issue/${pool}`, ["update"]],
    [`city/pki/+/${pool}/config`, ["read"]],
    [`auth/city/approle/role/${pool}*`, ["read", "update"]],
    [`sys/policies/acl/city-${pool}`, ["read"]],
    ["auth/token/lookup-self", ["read"]],
    ["auth/token/revoke-self", ["update"]],
  ];
  return {
    name: pool,
    rules: rules.map(([at, capabilities]): PolicyRule => ({ path: at, capabilities, why: "Measured." })),
  };
}

/** A path that a policy with this number covers, or would cover. */
function path(index: number, turn: number): string {
  const [pool, site] = [`pool-${String(index)}`, `site-${String(index % 40)}`];
  const paths = [
    `city/kv/data/pools/${pool}/domain-join`,
    `city/kv/metadata/pools/${pool}/`,
    `city/kv/data/sites/${site}/${pool}`,
    `city/kv/data/sites/${site}/${pool}/keys`,
    `city/pki/issue/${pool}`,
    `city/pki/roles/${pool}/config`,
    `auth/city/approle/role/${pool}/role-id`,
    "auth/token/lookup-self",
  ];
  return paths[turn % paths.length] ?? pool;
}
