import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { marker } from "../../preview/markdown";
import { RequestServer } from "../fixtures/request-server";
import type { Platform, ServedComment } from "../fixtures/request-server";
import { typedHere } from "../fixtures/typed-here";

const folder = mkdtempSync(join(tmpdir(), "comment-"));
const TOKEN = "a-token-that-may-comment";
const TOKENS: Readonly<Record<Platform, string>> = { github: "GITHUB_TOKEN", gitlab: "GITLAB_TOKEN" };
const PLATFORMS = ["github", "gitlab"] as const;
const BODY = `${marker("milan")}\n\n## Milano: no changes\n`;

let server: RequestServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function comment(platform: Platform, comments: ServedComment[], variables: NodeJS.ProcessEnv = {}, body = BODY) {
  const started = await RequestServer.start(platform, TOKEN, comments);
  server = started;
  const file = join(folder, "preview.md");
  writeFileSync(file, body);
  const logins = { ...started.variables, [TOKENS[platform]]: TOKEN, ...variables };
  const { code, out, err } = await typedHere(["pipeline", "comment", file], logins);
  return { code, told: `${out}${err}`.trim(), asked: started.asked };
}

function others(count: number): ServedComment[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    body: `comment ${String(index)}`,
    by: "somebody",
  }));
}

describe.each(PLATFORMS)("a preview's comment on %s", (platform) => {
  test("is made where there is none", async () => {
    const comments = others(2);
    expect(await comment(platform, comments)).toMatchObject({ code: 0, told: "comment: made" });
    expect(comments.map(({ body }) => body)).toEqual(["comment 0", "comment 1", BODY]);
  });

  test("is updated in place, on whatever page it is", async () => {
    const before: ServedComment = { id: 900, body: `${marker("milan")}\n\n## Milano: 42 changes`, by: "job" };
    const comments = [...others(230), before, ...others(3)];
    expect(await comment(platform, comments)).toMatchObject({ code: 0, told: "comment: updated" });
    expect(before.body).toBe(BODY);
    expect(comments).toHaveLength(234);
  });

  test("is not another city's, and not one that somebody else put there", async () => {
    const comments: ServedComment[] = [
      { id: 1, body: `${marker("catania")}\n\n## Catania`, by: "job" },
      { id: 2, body: BODY, by: "somebody" },
      { id: 3, body: `See this:\n${BODY}`, by: "job" },
    ];
    const bodies = comments.map(({ body }) => body);
    expect(await comment(platform, comments)).toMatchObject({ code: 0, told: "comment: made" });
    expect(comments.map(({ body }) => body)).toEqual([...bodies, BODY]);
  });

  test("says what the platform refused, and never the token", async () => {
    const wrong = "another-token-of-somebody";
    const { code, told } = await comment(platform, [], { [TOKENS[platform]]: wrong });
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringMatching(/Git(?:Hub|Lab): GET \/.*: it answered 401/),
    });
    expect(told).not.toContain(wrong);
  });

  test("asks for the token where there is none, before anything is asked", async () => {
    const { code, told, asked } = await comment(platform, [], { [TOKENS[platform]]: "" });
    expect({ code, told, asked }).toEqual({
      ...{ code: 2, asked: [] },
      told: `${TOKENS[platform]} is not set: the token that may comment`,
    });
  });
});

describe("a comment", () => {
  test("is refused without a marker, and where it is longer than the platform takes", async () => {
    const without = await comment("github", [], {}, "## Milano\n");
    expect(without).toMatchObject({ code: 2, told: expect.stringContaining("marker"), asked: [] });
    await server?.stop();
    const long = await comment("github", [], {}, `${BODY}${"x".repeat(65_536)}`);
    expect(long).toMatchObject({ code: 2, told: expect.stringContaining("takes 65536"), asked: [] });
  });

  test("is for jobs of a pull or merge request only", async () => {
    const { code, told } = await comment("github", [], { GITHUB_REF: "refs/heads/main" });
    expect({ code, told }).toEqual({ code: 2, told: expect.stringContaining("no job of a pull request") });
  });
});
