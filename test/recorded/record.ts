import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { plainProgress } from "../../cli/progress";
import { edited } from "../fixtures/city-edits";
import { ByHand } from "../lab/by-hand";
import { planChanges } from "../lab/plan-changes";
import { TestLab } from "../lab/test-lab";
import { CHANGES, DRIFTED, FIRST } from "./scenarios";
import type { Scenario } from "./scenarios";

/**
 * Records plans of the real providers for test/preview/recorded-plans.test.ts: npx tsx test/recorded/record.ts. Those that the
 * bindings pin take POSTAZIONI_TEST_PROVIDERS=<a filesystem mirror>. It deploys a part of Milan into a lab of its own, which takes
 * about two minutes.
 */
const RECORDED = __dirname;
const UPSTREAM = ["milan-foundation", "milan-network", "milan-secrets"];
const SEATS = 3;
const plan = z.looseObject({
  configuration: z.looseObject({
    provider_config: z.record(
      z.string(),
      z.looseObject({ name: z.string(), version_constraint: z.string().optional() }),
    ),
  }),
});

async function record(lab: TestLab, { name, stack, edits }: Scenario): Promise<void> {
  const file = join(lab.environments, "milan.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, edited(before, ...edits));
  await lab.session.synth();
  const { json } = await planChanges(lab.session, stack);
  writeFileSync(file, before);
  const { text, folder } = kept(json);
  if (lab.session.secrets.some((secret) => text.includes(secret))) throw new Error(`the plan ${name} has a secret`);
  mkdirSync(join(RECORDED, folder), { recursive: true });
  writeFileSync(join(RECORDED, folder, `${name}.json.gz`), gzipSync(text, { level: 9 }));
}

/** Without the state before, which nobody reads and which is most of it. */
function kept(json: string): { readonly text: string; readonly folder: string } {
  const recorded = { ...plan.parse(JSON.parse(json)), prior_state: undefined };
  const providers = Object.values(recorded.configuration.provider_config);
  const folder = providers.flatMap(({ name, version_constraint: version }) => (version ? `${name}-${version}` : []));
  return { text: JSON.stringify(recorded), folder: folder.join("-") };
}

async function recordAll(): Promise<void> {
  const progress = plainProgress();
  const lab = await TestLab.start(SEATS);
  try {
    await lab.session.deploy(UPSTREAM, { progress });
    await record(lab, FIRST);
    await lab.session.deploy(FIRST.stack, { progress });
    for (const change of CHANGES) await progress.step(change.name, () => record(lab, change));
    const hand = await ByHand.logIn(lab.session, "milan");
    await hand.resize("Milano/vm/milan/educazione/educazione/mi-edu-0001", 2048);
    hand.close();
    await record(lab, DRIFTED);
  } finally {
    await lab.stop();
  }
}

void recordAll();
