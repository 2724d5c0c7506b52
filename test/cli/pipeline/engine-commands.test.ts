import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { CITIES } from "../../fixtures/city-files";
import { typedHere } from "../../fixtures/typed-here";

/** What the commands print for engines; test/soak/engines.test.ts has what the engines' own parsers say of it. */
const folder = mkdtempSync(join(tmpdir(), "engines-"));

beforeAll(() => {
  cpSync(CITIES, folder, { recursive: true });
  named("milan", "atlantis");
  named("catania", "spacelift");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function named(city: string, engine: string, at = folder): void {
  const file = join(at, `${city}.yaml`);
  writeFileSync(file, readFileSync(file, "utf8").replace(/^platform:\n/m, `platform:\n  engine: ${engine}\n`));
}

const pipeline = (...args: readonly string[]) => typedHere(["pipeline", ...args, "--environments", folder]);

interface Atlantis {
  readonly projects: readonly {
    readonly name: string;
    readonly execution_order_group: number;
    readonly depends_on?: string[];
  }[];
}

interface Spacelift {
  readonly resource: {
    readonly spacelift_stack: Readonly<
      Record<string, { readonly manage_state: boolean; readonly before_init: string[] }>
    >;
    readonly spacelift_stack_dependency: Readonly<Record<string, object>>;
    readonly spacelift_drift_detection: Readonly<Record<string, { readonly schedule: string[] }>>;
  };
}

/** Recorded from the provider; `terraform validate` with it accepted what is made of both cities. */
const SCHEMA = join(__dirname, "..", "..", "recorded", "spacelift-schema.json");

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Schema = Readonly<Record<string, { readonly type: unknown; readonly required?: true; readonly readOnly?: true }>>;

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

function kindOfType(type: unknown): string {
  if (Array.isArray(type)) return "list";
  return type === "bool" ? "boolean" : String(type);
}

describe("the projects of Atlantis", () => {
  test("are the stacks of the cities that name it, each in a later group than those that it stands on", async () => {
    const { code, out } = await pipeline("atlantis");
    const { projects } = parse(out) as Atlantis;
    expect(code).toBe(0);
    expect(projects.every(({ name }) => name.startsWith("milan/"))).toBe(true);
    const groupOf = new Map(projects.map((project) => [project.name, project.execution_order_group]));
    expect(groupOf.get("milan/gateway-b")).toBeGreaterThan(groupOf.get("milan/gateway-a") ?? NaN);
    for (const { name, depends_on: before = [] } of projects) {
      for (const one of before) expect([one, groupOf.get(one)]).toEqual([one, expect.any(Number)]);
      expect(Math.max(-1, ...before.map((one) => groupOf.get(one) ?? NaN))).toBeLessThan(groupOf.get(name) ?? NaN);
    }
    // Who may apply, and what runs, is not the repository's to say.
    expect(out).not.toMatch(/workflow|requirements/);
  });
});

describe("the stacks of Spacelift", () => {
  test("keep their states where the file says, and wait for those that they stand on", async () => {
    const { resource } = JSON.parse((await pipeline("spacelift")).out) as Spacelift;
    const { "catania-network": network } = resource.spacelift_stack;
    expect(network).toMatchObject({ manage_state: false, autodeploy: false, terraform_workflow_tool: "OPEN_TOFU" });
    expect(network?.before_init.at(-1)).toBe(
      "npm run -s pipeline -- configuration catania catania-network > cdk.tf.json",
    );
    expect(resource.spacelift_stack_dependency["catania-network--catania-foundation"]).toEqual({
      stack_id: "${spacelift_stack.catania-network.id}",
      depends_on_stack_id: "${spacelift_stack.catania-foundation.id}",
    });
  });

  test("are what the schema of Spacelift's own provider takes", async () => {
    const { resource } = JSON.parse((await pipeline("spacelift")).out) as { resource: Record<string, Resources> };
    const { resources } = JSON.parse(readFileSync(SCHEMA, "utf8")) as { resources: Record<string, Schema> };
    for (const [type, all] of Object.entries(resource)) {
      const schema = resources[type] ?? {};
      const settable = Object.keys(schema).filter((name) => schema[name]?.readOnly !== true);
      const required = Object.keys(schema).filter((name) => schema[name]?.required === true);
      for (const one of Object.values(all)) {
        expect(settable).toEqual(expect.arrayContaining(Object.keys(one)));
        expect(Object.keys(one)).toEqual(expect.arrayContaining(required));
        const kinds = Object.entries(one).map(([name, value]) => [name, kindOf(value)]);
        const wanted = Object.keys(one).map((name) => [name, kindOfType(schema[name]?.type)]);
        expect(kinds).toEqual(wanted);
      }
    }
  });

  test("look for drift at minutes of their own, as long as a night has some", async () => {
    const { resource } = JSON.parse((await pipeline("spacelift")).out) as Spacelift;
    const times = Object.values(resource.spacelift_drift_detection).flatMap(({ schedule }) => schedule);
    expect(new Set(times).size).toBe(times.length);
    for (const time of times) expect(time).toMatch(/^[0-5]?\d [1-4] \* \* \*$/);
  });
});

test("the configuration of a stack is the one that is synthesized, and of none it is an error with those that there are", async () => {
  const { code, out } = await pipeline("configuration", "catania", "catania-foundation");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toHaveProperty("resource.vsphere_folder");
  expect(await pipeline("configuration", "catania", "catania-fundation")).toMatchObject({
    ...{ code: 2, out: "" },
    err: expect.stringMatching(
      /no stack is named "catania-fundation"; there are .*; did you mean "catania-foundation"\?/,
    ),
  });
});

test("an engine that no city names has nothing to print, and says so", async () => {
  expect(await typedHere(["pipeline", "atlantis", "--environments", CITIES])).toMatchObject({
    ...{ code: 2, out: "" },
    err: expect.stringContaining("no city's file names atlantis in platform.engine"),
  });
});

test("a night's looks of a city that GitHub runs as a whole are one job", async () => {
  const { out } = await typedHere([
    "pipeline",
    "looks",
    "--repository",
    "comune-di-catania/postazioni",
    "--environments",
    CITIES,
  ]);
  expect(JSON.parse(out)).toEqual([{ city: "catania", stacks: "" }]);
});

test("a city has findings to be put together where GitHub runs it stack by stack", async () => {
  const own = mkdtempSync(join(tmpdir(), "engines-"));
  cpSync(CITIES, own, { recursive: true });
  named("catania", "github", own);
  const repository = ["--repository", "comune-di-catania/postazioni"];
  const { out } = await typedHere(["pipeline", "looks", "--in-parts", ...repository, "--environments", own]);
  rmSync(own, { recursive: true });
  expect(JSON.parse(out)).toEqual(["catania"]);
});
