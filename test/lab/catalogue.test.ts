import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { installPythonTool, pythonToolPath } from "../../lab/tools/python-tool";
import { catalogue } from "../../reports/public/catalogue";
import { publicReport } from "../../reports/public/published";
import { REPOSITORY } from "../../runtime/paths";
import { edited } from "../fixtures/city-edits";
import { load, MILAN } from "../fixtures/city-files";

/** What a real SHACL validator says of the open data's catalogue, by what DCAT-AP_IT makes mandatory. */
const MINUTE = 60_000;
const PINS = join(REPOSITORY, "lab", "shacl");
const PYSHACL = { noun: "pySHACL", name: "pyshacl", pins: PINS };
const PUBLICATION = {
  holder: "c_f205",
  address: "https://dati.comune.milano.example/postazioni",
  contact: "opendata@comune.milano.example",
};

beforeAll(() => installPythonTool(PYSHACL, { signal: undefined, say: () => undefined }), 5 * MINUTE);

function milanCatalogue(): string {
  const [city] = load({ "city.yaml": edited(MILAN, { "project.+publication": PUBLICATION }) }).cities;
  const publication = city?.project?.publication;
  if (city === undefined || publication === undefined) throw new Error("the city does not load");
  return JSON.stringify(catalogue(publicReport(city), publication));
}

/** The validator's exit code (0 conforms, 1 does not) and the paths of its findings. */
function validate(jsonld: string): { readonly status: number | null; readonly paths: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
  try {
    const file = join(folder, "catalogo.jsonld");
    writeFileSync(file, jsonld);
    const args = ["-m", "pyshacl", "-s", join(PINS, "dcat-ap-it.ttl"), "-df", "json-ld", "-f", "human", file];
    const env = { PATH: process.env.PATH, PYTHONPATH: pythonToolPath(PYSHACL) };
    const { status, stdout, stderr } = spawnSync("python3", args, { encoding: "utf8", env });
    expect(stderr).toBe("");
    return { status, paths: [...stdout.matchAll(/Result Path: (\S+)/g)].map(([, path = ""]) => path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the catalogue of the open data", () => {
  test(
    "has what DCAT-AP_IT makes mandatory of catalogues, datasets, distributions, agents, licences and contacts",
    () => {
      expect(validate(milanCatalogue())).toEqual({ status: 0, paths: [] });
    },
    MINUTE,
  );

  test.each([
    ["dct:license", "dct:license"],
    ["dct:rightsHolder", "dct:rightsHolder"],
    ["dct:accrualPeriodicity", "dct:accrualPeriodicity"],
    ["dcat:accessURL", "dcat:accessURL"],
    ["foaf:name", "foaf:name"],
  ])(
    "without %s does not conform",
    (key, path) => {
      const { status, paths } = validate(milanCatalogue().replaceAll(`"${key}"`, `"dct:other"`));
      expect(status).toBe(1);
      expect(new Set(paths)).toEqual(new Set([path]));
    },
    MINUTE,
  );

  test(
    "of another vocabulary's frequency does not conform",
    () => {
      const text = milanCatalogue().replaceAll("/frequency/ANNUAL_3", "/frequenza/quadrimestrale");
      expect(validate(text)).toMatchObject({ status: 1, paths: Array(3).fill("dct:accrualPeriodicity") });
    },
    MINUTE,
  );
});
