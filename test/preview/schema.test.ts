import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { PUBLISHED_SHAPES, reportSchemas } from "../../cli/report-schema";
import { REPOSITORY } from "../../runtime/paths";
import { driftReport } from "../../preview/drift-report";
import { previewReport } from "../../preview/report";
import { undescribed } from "../fixtures/schema";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

const GONE = { type: "vsphere_folder", actions: ["delete"] };
const RESULTS = [
  { stack: "sample-network", failure: "unreachable" },
  { stack: "sample-desktops-anagrafe-01", plan: planOf([{ key: "sa-ana-0001", ...GONE }], {}, [GONE]) },
];

/** A report as another program reads it. */
function read(report: object): unknown {
  return JSON.parse(JSON.stringify(report));
}

function preview(withBase: boolean) {
  const city = deployedSample();
  const placeOf = () => ({ file: "sample.yaml", line: 7, column: 1 });
  const gates = { destroyed: true, drift: true } as const;
  const waiver = { scope: "sample-network", reason: "r", owner: "o", until: "2020-01-01" };
  const wanted = {
    ...city,
    pools: city.pools.slice(1),
    prices: { currency: "EUR", cpu: 1, memoryGib: 1, diskGib: 1, seat: 1, vgpus: {} } as const,
    review: { gates, waivers: [{ gate: "drift", ...waiver } as const] },
  };
  return previewReport({ wanted, base: withBase ? city : undefined, people: true, placeOf }, RESULTS);
}

describe("the published schemas of reports", () => {
  let made: Awaited<ReturnType<typeof reportSchemas>>;

  beforeAll(async () => {
    made = await reportSchemas();
  });

  test("are what the types in the code give", () => {
    for (const { file, text } of made) expect(readFileSync(join(REPOSITORY, file), "utf8")).toBe(text);
    expect(made.map(({ file }) => file)).toEqual(PUBLISHED_SHAPES.map(({ file }) => file));
  });

  test("describe every value, for whoever reads a report", () => {
    for (const { text } of made) expect(undescribed(JSON.parse(text), [])).toEqual([]);
  });
});

test.each([
  ["a preview", "preview", read(preview(false))],
  ["a preview against another version", "preview", read(preview(true))],
  ["a report on drift", "drift", read(driftReport(deployedSample(), RESULTS, new Date(0)))],
])("%s has its published shape, and nothing beside it", (_, name, report) => {
  const schema = JSON.parse(readFileSync(join(REPOSITORY, `preview/${name}.schema.json`), "utf8")) as object;
  const isReport = new Ajv({ allErrors: true }).compile(schema);
  isReport(report);
  expect(isReport.errors).toBeNull();
  expect(isReport({ ...(report as object), more: 1 })).toBe(false);
});
