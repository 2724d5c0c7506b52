import { existsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { inTemporaryFolder } from "../../runtime/temporary-folder";

describe("a temporary folder", () => {
  test("is its user's alone while the work is done, and gone afterwards", () => {
    const [folder, mode] = inTemporaryFolder("folder-", (path) => {
      writeFileSync(join(path, "file"), "");
      return [path, statSync(path).mode & 0o777] as const;
    });
    expect([dirname(folder), mode, existsSync(folder)]).toEqual([tmpdir(), 0o700, false]);
  });

  test("is there until work is done that takes longer, and may stand in another one", async () => {
    const inner = await inTemporaryFolder("folder-", (outer) =>
      inTemporaryFolder(join(outer, "inner-"), async (path) => {
        await Promise.resolve();
        expect([dirname(path), existsSync(path)]).toEqual([outer, true]);
        return path;
      }),
    );
    expect(existsSync(dirname(inner))).toBe(false);
  });

  test("is gone where the work fails, at once or later", async () => {
    const folders: string[] = [];
    const fails = (path: string): never => {
      folders.push(path);
      throw new Error("the work failed");
    };
    expect(() => inTemporaryFolder("folder-", fails)).toThrow("the work failed");
    await expect(inTemporaryFolder("folder-", (path) => Promise.resolve(path).then(fails))).rejects.toThrow("failed");
    expect(folders.map((folder) => existsSync(folder))).toEqual([false, false]);
  });
});
