import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { cityVariables, variableFindings } from "../../cli/doctor/variables";
import { loadCities } from "../../environments/load";
import { providers } from "../../lab/tools/provider-versions";
import { platformName } from "../../lab/tools/tool-context";
import { CITY_FILES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

let folder: string;
let mirror: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
  mirror = join(folder, "mirror");
  for (const { namespace, name, tried } of providers()) {
    const place = join(mirror, "registry.terraform.io", namespace, name, tried.at(-1) ?? "", platformName());
    mkdirSync(place, { recursive: true });
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is told of variables, a line each. */
function told(variables: NodeJS.ProcessEnv): string[] {
  return variableFindings(variables, (path) => path === "/there").map(
    ({ weight, found, repair = "" }) => `${weight}: ${found}; ${repair}`,
  );
}

describe("what doctor says of variables", () => {
  test.each<[string, NodeJS.ProcessEnv, string]>([
    [
      "a user without a password",
      { VSPHERE_USER: "svc" },
      "wrong: VSPHERE_USER is set and VSPHERE_PASSWORD is not; set both, or neither",
    ],
    [
      "a password without a user",
      { TF_HTTP_PASSWORD: "s3cret", TF_HTTP_USERNAME: "" },
      "wrong: TF_HTTP_PASSWORD is set and TF_HTTP_USERNAME is not; set both, or neither",
    ],
    [
      "a mistyped variable of ours",
      { POSTAZIONI_PROVIDER: "/there" },
      "wrong: POSTAZIONI_PROVIDER is set, and nothing reads it; did you mean POSTAZIONI_PROVIDERS?",
    ],
    [
      "a folder that is not there",
      { POSTAZIONI_PROVIDERS: "/away" },
      "wrong: POSTAZIONI_PROVIDERS: there is no /away; name what is there, or unset it",
    ],
    [
      "an empty token",
      { VAULT_TOKEN: "" },
      "note: VAULT_TOKEN is set and empty, which counts as not set; give it a value, or unset it",
    ],
    [
      "a workspace of Terraform's",
      { TF_WORKSPACE: "other" },
      "note: TF_WORKSPACE: preview and apply do not hand it to Terraform; none is needed; Terraform and cdktf by hand obey it",
    ],
    [
      "the lab's overlay",
      { POSTAZIONI_OVERLAY: "/there" },
      "note: POSTAZIONI_OVERLAY is set: commands deploy to the lab's servers, not to the city's; unset it, or open another shell, to work on the city",
    ],
  ])("is %s", (_what, variables, line) => {
    expect(told(variables)).toContain(line);
  });

  test("is nothing where they are as they should be, and never a login", () => {
    const logins = { VSPHERE_USER: "svc", VSPHERE_PASSWORD: "s3cret", VAULT_TOKEN: "hvs.s3cret" };
    expect(told({ ...logins, POSTAZIONI_PROVIDERS: "/there", PATH: "/bin" })).toEqual([]);
    expect(told({ VSPHERE_PASSWORD: "s3cret", TF_HTTP_PASSWORD: "s3cret" }).join()).not.toContain("s3cret");
  });

  test("names the logins of a city's deployment that are not set, and servers that are not its file's", () => {
    const milan = loadCities(CITY_FILES).find(({ city }) => city.id === "milan");
    if (milan === undefined) throw new Error("there is no Milan");
    const lines = cityVariables(milan, { VSPHERE_USER: "svc", VAULT_ADDR: "https://other.example:8200" });
    expect(lines.map(({ found }) => found)).toEqual([
      expect.stringMatching(/^VAULT_ADDR \(https:\/\/other\.example:8200\) is not the server of milan's file \(https:/),
      expect.stringMatching(/^milan: not set: VSPHERE_PASSWORD, VAULT_TOKEN, TF_HTTP_USERNAME, .*; states in http$/),
    ]);
  });
});

describe("doctor", () => {
  const doctor = (args: readonly string[], variables: NodeJS.ProcessEnv = {}) =>
    typedHere(["doctor", ...args], { POSTAZIONI_PROVIDERS: mirror, ...variables });

  test("ends with 0 where nothing is wrong, notes or not", async () => {
    const { code, out } = await doctor(["--for", "deploy"]);
    expect(out).toMatch(/^0 wrong, \d+ notes?\n\nPrograms:\n/);
    expect(out).toContain(`right  Providers of a deployment: from ${mirror}`);
    expect(out).toContain("right  environments: catania, milan");
    expect(code).toBe(0);
  });

  test("ends with 1 where a variable is wrong, as JSON too", async () => {
    const { code, out } = await doctor(["--for", "deploy", "--json"], { VSPHERE_USER: "svc" });
    const { result, findings } = JSON.parse(out) as { result: string; findings: object[] };
    expect({ code, result }).toEqual({ code: 1, result: "wrong" });
    expect(findings).toContainEqual({
      ...{ area: "variables", weight: "wrong", found: "VSPHERE_USER is set and VSPHERE_PASSWORD is not" },
      repair: "set both, or neither",
    });
  });

  test("ends with 1 where a file is wrong, and goes on to the rest", async () => {
    writeFileSync(join(folder, "bad.yaml"), "city: [");
    const { code, out } = await doctor(["--for", "deploy", "--environments", folder]);
    expect(out).toMatch(/wrong {2}.*: 1 violation; repair: 'npm run validate' names each with its repair/);
    expect(out).toContain("is in no repository of git");
    expect(code).toBe(1);
  });

  test("ends with 1 where the mirror of providers lacks them", async () => {
    const { code, out } = await doctor(["--for", "deploy"], { POSTAZIONI_PROVIDERS: folder });
    expect(out).toMatch(/wrong {2}the provider mirror lacks the versions that were tried:/);
    expect(code).toBe(1);
  });

  test("refuses a purpose that it does not know", async () => {
    const { code, err } = await doctor(["--for", "everything"]);
    expect(err).toContain("Allowed choices are deploy, lab, test, soak.");
    expect(code).toBe(2);
  });

  test("says what no test can do without", async () => {
    const { out } = await doctor(["--for", "test"], { PATH: "/nowhere" });
    const lines = out.split("\n").filter((line) => line.includes("openssl"));
    expect(lines).toEqual([
      "  wrong  openssl is not on PATH: its group of tests is skipped; repair: apt-get install openssl",
    ]);
    expect(out).toContain("git is not on PATH");
  });
});
