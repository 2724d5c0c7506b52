import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { City } from "../../environments/model/city";
import { networkPlan } from "../../environments/network/network-plan";
import { Namespaces } from "../../proof/namespaces";
import { rulesetParts } from "../../proof/ruleset-parts";
import { nftables } from "../../segmentation/render/nftables";
import { printed } from "./printed";
import { city, gatewayOf } from "./proved-city";

/** More flows than one message of an ordinary user's nft takes. */
const MORE = 300;
const SMALL = join(__dirname, "../fixtures/gateway.yaml");

let namespaces: Namespaces;
let folder: string;

beforeAll(async () => {
  namespaces = await Namespaces.open();
  folder = mkdtempSync(join(tmpdir(), "parts-"));
});

afterAll(async () => {
  await namespaces.close();
  rmSync(folder, { recursive: true });
});

/** The ruleset of the small city with so many more flows. */
function ruleset(more: number): string {
  const small = city(SMALL);
  const [flow] = small.network.flows;
  if (flow === undefined) throw new Error("the fixture has no flow");
  const added = Array.from({ length: more }, (_, index) => ({
    ...flow,
    ...{ id: `more-${String(index)}`, to: "shared", ports: [`tcp/${String(10_000 + index)}`] },
  }));
  const large: City = { ...small, network: { ...small.network, flows: [...small.network.flows, ...added] } };
  return nftables(networkPlan(large), gatewayOf(large));
}

/** Loads files one after the other in a namespace of its own. @returns the rules that nft then has */
async function loaded(host: string, texts: readonly string[]): Promise<string> {
  await namespaces.script(`ip netns add ${host}`);
  for (const [index, text] of texts.entries()) {
    const path = join(folder, `${host}-${String(index)}.nft`);
    writeFileSync(path, text);
    await namespaces.run(host, ["nft", "-f", path]);
  }
  return printed(namespaces, host, ["nft", "--stateless", "list", "table", "inet", "postazioni"]);
}

test("a ruleset that is loaded in parts is the same as one that is loaded whole", async () => {
  const [text, parts] = [ruleset(20), rulesetParts(ruleset(20))];
  expect(parts.length).toBeGreaterThan(2);
  const whole = await loaded("whole", [text]);
  expect(whole).toContain("flow-more-19");
  expect(await loaded("parts", parts)).toBe(whole);
}, 60_000);

test("a city with hundreds of flows is proved by an ordinary user too", async () => {
  const list = await loaded("large", rulesetParts(ruleset(MORE)));
  expect(list.match(/counter name "flow-more-\d+" accept/g)?.length).toBeGreaterThanOrEqual(MORE);
}, 60_000);
