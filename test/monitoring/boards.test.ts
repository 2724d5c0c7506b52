import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { loadDeployed } from "../../environments/deployed";
import { dashboard } from "../../reports/monitoring/board";
import { boardsOf } from "../../reports/monitoring/boards";
import { CITIES } from "../fixtures/city-files";

const cities = loadDeployed(CITIES, undefined).map(({ deployed }) => deployed);

test.each(cities.map((city) => [city.city.id, city] as const))(
  "%s has a board for each pool, and none twice",
  (id, city) => {
    const boards = boardsOf(city);
    expect(boards.map((board) => board.id)).toEqual(expect.arrayContaining(["city", "secrets"]));
    expect(boards.some((board) => board.id === "segmentation")).toBe(city.network.gateway !== undefined);
    const uids = boards.map((board) => dashboard(id, board).uid ?? "");
    expect(new Set(uids).size).toBe(uids.length);
    expect(uids.filter((uid) => uid === "" || uid.length > 40)).toEqual([]);
  },
);

test("Grafana's limit of 40 characters does not make one board of two", () => {
  const [board] = cities.flatMap(boardsOf);
  if (board === undefined) throw new Error("no board");
  const long = "pool-with-a-name-that-is-as-long-as-may-be";
  const uids = ["a", "b"].map((end) => dashboard("milan", { ...board, id: `${long}-${end}` }).uid);
  expect(uids[0]).not.toBe(uids[1]);
});

test("promtool reads every query", () => {
  const folder = mkdtempSync(join(tmpdir(), "boards-"));
  try {
    const queries = cities.flatMap((city) =>
      boardsOf(city).flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries))),
    );
    const rules = queries.map(([expr], index) => ({ record: `query_${String(index)}`, expr }));
    writeFileSync(join(folder, "queries.yml"), stringify({ groups: [{ name: "queries", rules }] }));
    const said = execFileSync("promtool", ["check", "rules", "queries.yml"], { cwd: folder, encoding: "utf8" });
    expect(said).toContain(`SUCCESS: ${String(queries.length)} rules found`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
