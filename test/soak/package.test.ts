import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { environmentFiles, loadCities } from "../../environments/load";
import { seatNumbers } from "../../environments/seats/seats";
import { REPOSITORY } from "../../runtime/paths";
import { Packed, packHere } from "../fixtures/packed";

const CITIES = ["milan.yaml", "milan.assignments.csv", "catania.yaml", "catania.assignments.csv"];
/** How TypeScript may be told to find a package, in a user's project. */
const RESOLUTIONS = [
  ["nodenext", "nodenext"],
  ["commonjs", "node10"],
  ["preserve", "bundler"],
];

let packed: Packed;

beforeAll(() => {
  packed = new Packed();
  packed.install(packHere(packed.folder));
  mkdirSync(join(packed.folder, "environments", "below"), { recursive: true });
  for (const file of CITIES) {
    cpSync(join(REPOSITORY, "environments", file), join(packed.folder, "environments", file));
  }
});

afterAll(() => {
  packed.remove();
});

describe("the installed package", () => {
  test("is JavaScript with source maps, and needs no tsx and no esbuild to run", () => {
    const folder = join(packed.folder, "node_modules", "postazioni");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /(?<!\.d)\.tsx?$/.test(file))).toEqual([]);
    expect(
      files.filter((file) => file.endsWith(".js") && file.startsWith("dist/") && !files.includes(`${file}.map`)),
    ).toEqual([]);
    expect(existsSync(join(packed.folder, "node_modules", "tsx"))).toBe(false);
    expect(JSON.parse(packed.read("cdktf.json"))).toMatchObject({ app: "node stacks/app.mjs" });
    expect(JSON.parse(packed.read("dist", "cli", "main.js.map"))).toMatchObject({ sourcesContent: expect.any(Array) });
  });

  test("has the commands of a city, and none for work on the toolkit", () => {
    const { code, out } = packed.run("postazioni", ["--help"]);
    expect(code).toBe(0);
    for (const command of ["validate", "lab", "preview", "rehearse", "apply"]) expect(out).toContain(`  ${command} `);
    for (const command of ["test", "bench", "schema", "check"]) expect(out).not.toContain(`  ${command} `);
  });

  test("reads the cities of the folder in which its user stands", () => {
    expect(packed.run("postazioni", ["validate"])).toMatchObject({ code: 0, err: "2 files: no violations\n" });
    expect(packed.run("postazioni", ["report", "capacity", "milan"]).out).toContain("cluster milano-vdi-a");
    const below = join(packed.folder, "environments", "below");
    expect(packed.run("postazioni", ["validate", "../milan.yaml"], below)).toMatchObject({
      code: 0,
      err: "1 file: no violations\n",
    });
    expect(packed.run("postazioni", ["validate"], below)).toMatchObject({ code: 2 });
  });
});

describe("its typed exports", () => {
  beforeAll(() => {
    cpSync(join(REPOSITORY, "test/fixtures/package-user.ts.txt"), join(packed.folder, "user.ts"));
  });

  test.each(RESOLUTIONS)("pass TypeScript with module %s and moduleResolution %s", (module, resolution) => {
    const options = [
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "--target",
      "es2022",
      "--strict",
      "--esModuleInterop",
    ];
    const types = ["--types", "node", "--typeRoots", join(REPOSITORY, "node_modules", "@types")];
    const compiler = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
    const args = [compiler, ...options, ...types, "--skipLibCheck", "--outDir", module, "user.ts"];
    expect(execFileSync(process.execPath, args, { cwd: packed.folder, encoding: "utf8" })).toBe("");
  });

  test.each(["nodenext", "commonjs"])("are loaded by a program that was compiled for %s", (module) => {
    const program = join(packed.folder, module, "user.js");
    const out = execFileSync(process.execPath, [program], { cwd: packed.folder, encoding: "utf8" });
    const cities = loadCities(environmentFiles(join(REPOSITORY, "environments")));
    const seats = cities.flatMap(({ pools }) => pools.map((pool) => seatNumbers(pool).length));
    expect(JSON.parse(out)).toEqual({ seats: seats.reduce((a, b) => a + b, 0), functions: true, ports: ["tcp/443"] });
  });
});
