import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "../../runtime/paths";
import type { Ended } from "../fixtures/command";
import { typedHere } from "../fixtures/typed-here";

const FOLDER = join(REPOSITORY, "examples", "small", "environments");
/** What the small city has not, in any words. */
const ABSENT =
  /vault|secret|segret[oi]\b|\bbao\b|gateway-|progetto|finanzia|funding|programme|emergenza|emergency begins|break-glass|undefined|directorate/i;

let out: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "small-"));
});

afterAll(() => {
  rmSync(out, { recursive: true });
});

function report(name: string, ...more: readonly string[]): Promise<Ended> {
  return typedHere(["report", name, "valchiara", "--environments", FOLDER, ...more]);
}

function textOf(name: string): string {
  return readFileSync(join(out, name), "utf8").replace(/<(style|script)>[^]*?<\/\1>/g, "");
}

describe("a report of the small city", () => {
  test.each(["capacity", "deployment", "inventory", "network", "privileges", "prerequisites", "handbook"])(
    "%s says nothing of what the city has not",
    async (name) => {
      const { code, out: text, err } = await report(name);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      // The handbook's last line says that it holds no secret.
      expect(text.replace(/^Generato dal file.*$/m, "")).not.toMatch(ABSENT);
    },
  );

  test("city, as a page, has sections of what is there alone", async () => {
    expect(await report("city", "--lang", "en", "--html", join(out, "city.html"))).toMatchObject({ code: 0, err: "" });
    const page = textOf("city.html");
    // Commit messages of this repository speak of everything.
    expect(page.split('<section id="changes"')[0]).not.toMatch(ABSENT);
    expect([...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      ...["seats", "capacity", "network", "images", "changes"],
    ]);
  });

  test("public has seats and their changes, and no warning", async () => {
    const { code, err } = await report("public", "--out", join(out, "public"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(textOf("public/index.html")).not.toMatch(ABSENT);
  });

  test("access says that there is no Vault, and no more of one", async () => {
    const { code, out: text } = await report("access");
    expect(code).toBe(0);
    expect(text.split("\n")[0]).toBe("valchiara has no Vault");
  });

  test("evidence has no record of who holds which seat", async () => {
    expect((await report("evidence")).out).not.toContain("Record of processing activities");
  });

  test.each([
    ["monitoring", ["--out", "there"], "valchiara has no monitoring: say in its file who answers alerts"],
    ["state-encryption", [], "the city valchiara has no key for its states: add secrets.stateKey to its file"],
    ["access", ["--secret", "pools/uffici/licence"], "valchiara has no Vault: its file has no platform.vault"],
  ])("%s of a part that is not there is one sentence", async (name, more, sentence) => {
    const { code, out: text, err } = await report(name, ...more);
    expect({ code, text }).toEqual({ code: 2, text: "" });
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

test.each([
  ["status", "valchiara"],
  ["init", "valchiara"],
  ["first", "valchiara"],
])("secrets %s of a city without a Vault is one sentence, before any login is asked for", async (...args) => {
  const { code, err } = await typedHere(["secrets", ...args, "--environments", FOLDER]);
  expect({ code, err }).toEqual({ code: 2, err: "valchiara has no Vault: its file has no platform.vault\n" });
});
