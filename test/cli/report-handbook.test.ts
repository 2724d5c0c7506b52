import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

const folder = mkdtempSync(join(tmpdir(), "handbook-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const report = (...args: readonly string[]) =>
  typedHere(["report", "handbook", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

test("is printed in Italian, or in English where that is asked for", async () => {
  const italian = await report("catania");
  expect(italian.code).toBe(0);
  expect(italian.out).toMatch(/^# Manuale dell'assistenza: Catania\n/);
  const english = await report("catania", "--lang", "en");
  expect(english.out).toMatch(/^# Handbook of assistance: Catania\n/);
});

test("is written to files, as Markdown and as a page", async () => {
  const [out, html] = [join(folder, "handbook.md"), join(folder, "handbook.html")];
  expect(await report("milan", "--out", out, "--html", html)).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(out, "utf8")).toContain("npm run drift -- milan");
  expect(readFileSync(html, "utf8")).toMatch(/^<!doctype html>\n<html lang="it">/);
});

test("has two languages", async () => {
  expect(await report("milan", "--lang", "fr")).toMatchObject({
    code: 2,
    err: expect.stringContaining("Allowed choices are it, en"),
  });
});
