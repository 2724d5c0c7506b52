import { gunzipSync } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { assignmentSchema } from "../../environments/model/assignment";
import { citySchema } from "../../environments/model/city";
import { gatewayPlans } from "../../environments/network/gateway-plan";
import { networkPlan } from "../../environments/network/network-plan";
import { sarif } from "../../preview/annotations";
import { markdown } from "../../preview/markdown";
import { page } from "../../preview/page/page";
import { previewReport } from "../../preview/report";
import { matrixRules } from "../../segmentation/matrix";
import { cloudInit } from "../../segmentation/render/cloud-init";
import { csv } from "../../segmentation/render/csv";
import { deployed } from "../fixtures/deployed";
import { NASTY_NAME, NASTY_TEXT, nastyCity, PIECES, textFields } from "../fixtures/hostile-texts";
import type { TextField } from "../fixtures/hostile-texts";
import { oneOf } from "../fixtures/soak";
import { planOf } from "../fixtures/terraform-plan";

const FIELDS = [...textFields(citySchema), ...textFields(assignmentSchema, "assignments[]")];
/** What a text that is accepted could do harm with. */
const HARMFUL = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[$%]\{|^\{|TfToken|^\s|\s$/u;

/** One field of each form: most are of a few. */
function unlike(fields: readonly TextField[]): TextField[] {
  return [...new Map(fields.map((field) => [formOf(field), field])).values()];
}

function formOf({ schema }: TextField): string {
  const { checks = [], ...def } = schema.def as { checks?: { _zod: { def: object } }[]; format?: string };
  const rules = checks.map(({ _zod }) => Object.entries(_zod.def).map(([name, value]) => [name, String(value)]));
  return JSON.stringify([def.format, rules]);
}

describe("a hostile text", () => {
  test(`is refused in every text field of the schema, or harmless: ${String(FIELDS.length)} fields`, () => {
    const accepted: string[] = [];
    for (const { key, schema } of unlike(FIELDS)) {
      for (const piece of oneOf(4, PIECES)) {
        for (const text of [
          piece,
          `a${piece}`,
          `${piece}a`,
          `a${piece}a`,
          `a.b${piece}c`,
          `https://a.example/${piece}`,
        ]) {
          if (HARMFUL.test(text) && schema.safeParse(text).success) accepted.push(`${key}: ${JSON.stringify(text)}`);
        }
      }
    }
    expect(accepted).toEqual([]);
    expect(FIELDS.length).toBeGreaterThan(120);
    expect(PIECES.length).toBeGreaterThan(4000);
  }, 300_000);
});

describe("a nasty text that is accepted", () => {
  const { city, texts } = nastyCity();

  test("stands in most fields of people's words and names of vCenter's", () => {
    expect(texts.length).toBeGreaterThan(30);
    expect(city.city.name).toContain(NASTY_NAME);
    expect(texts.some((text) => text.includes(NASTY_TEXT))).toBe(true);
  });

  test("leaves the gateways' cloud-init the same to readers of YAML 1.1 and 1.2, with the city's name in it", () => {
    const [gateway] = gatewayPlans(city);
    if (gateway === undefined) throw new Error("the city has a gateway");
    for (const member of [0, 1] as const) {
      const { rules, userData, metaData } = cloudInit(networkPlan(city), gateway, member);
      for (const text of [userData, metaData]) {
        expect(parse(text, { version: "1.1" })).toEqual(parse(text, { version: "1.2" }));
      }
      expect(gunzipSync(Buffer.from(rules, "base64")).toString()).toContain(city.city.name);
    }
  });

  test("is read back from CSV as it was", () => {
    const rules = matrixRules(networkPlan(city));
    const rows: string[][] = parseCsv(csv(rules));
    const [head = [], ...lines] = rows;
    const column = (name: string): string[] => lines.map((line) => line[head.indexOf(name)] ?? "");
    expect(column("owner")).toEqual(rules.map(({ owner }) => owner));
    expect(column("purpose")).toEqual(rules.map(({ purpose }) => purpose));
  });

  test("runs nothing in a comment and a page, and is in SARIF as it was", () => {
    const placeOf = () => ({ file: "milan.yaml", line: 1, column: 1 });
    const wanted = deployed(city);
    const base = {
      ...wanted,
      city: { ...city.city },
      network: { ...city.network, flows: city.network.flows.slice(1) },
    };
    const report = previewReport({ wanted, base, placeOf }, [{ stack: "milan-network", plan: planOf([]) }]);
    const text = markdown(report, city.city.name);
    expect(text).not.toMatch(/<i>|(?<!\\)\[l\]\(/);
    expect(page(report, { cityName: city.city.name, diagram: null })).not.toContain("<i>&amp;");
    expect(JSON.parse(JSON.stringify(sarif(report)))).toEqual(sarif(report));
  });
});
