import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { schemaText } from "../../cli/schema";
import { edited } from "../fixtures/city-edits";
import { CATANIA, MILAN } from "../fixtures/city-files";
import { undescribed } from "../fixtures/schema";

const TEXT = readFileSync(join(__dirname, "../../environments/city.schema.json"), "utf8");
const isCity = new Ajv({ validateFormats: false }).compile(JSON.parse(TEXT) as object);

describe("environments/city.schema.json", () => {
  test("is what the schema in the code gives", () => {
    expect(TEXT).toBe(schemaText());
  });

  test.each([
    ["Milan", MILAN],
    ["Catania", CATANIA],
  ])("lets the file of %s pass", (_, text) => {
    isCity(parse(text));
    expect(isCity.errors).toBeNull();
  });

  test("refuses a misspelt key", () => {
    expect(isCity(parse(edited(MILAN, { "pools.anagrafe.seats": undefined, "pools.anagrafe.+seat": 1450 })))).toBe(
      false,
    );
  });

  test("describes every value, for whoever edits a file", () => {
    expect(undescribed(JSON.parse(TEXT), [])).toEqual([]);
  });
});
