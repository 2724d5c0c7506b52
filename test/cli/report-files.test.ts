import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { requireFiles } from "../../cli/report-files";

const FOLDER = __dirname;

test("a folder in the place of a report's file is refused before the work, each with its option", () => {
  const files = { "--out": FOLDER, "--json": join(FOLDER, "no-such-file"), "--html": FOLDER, "--sarif": undefined };
  expect(() => {
    requireFiles(files);
  }).toThrow(`--out: ${FOLDER} is a folder: name a file\n--html: ${FOLDER} is a folder: name a file`);
});

test("a file that is there, or is not there yet, may be written", () => {
  expect(() => {
    requireFiles({ "--out": __filename, "--json": join(FOLDER, "new", "report.json") });
  }).not.toThrow();
});
