import { describe, expect, test } from "@jest/globals";
import { mapConcurrently } from "../../runtime/map-concurrently";

describe("work done concurrently", () => {
  test("is never more at a time than is said, and gives results in order", async () => {
    let now = 0;
    let most = 0;
    const work = async (item: number) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 5 - (item % 5)));
      now -= 1;
      return item * 2;
    };
    const items = Array.from({ length: 20 }, (_, index) => index);
    expect(await mapConcurrently(items, 4, new AbortController().signal, work)).toEqual(items.map((item) => item * 2));
    expect(most).toBe(4);
  });

  test("begins nothing after an abort, and ends what is under way", async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const work = async (item: number) => {
      if (item === 2) controller.abort(new Error("interrupted"));
      await new Promise((resolve) => setTimeout(resolve, 5));
      done.push(item);
    };
    await expect(mapConcurrently([1, 2, 3, 4, 5], 2, controller.signal, work)).rejects.toThrow("interrupted");
    expect(done.sort()).toEqual([1, 2]);
  });

  test("begins nothing after a failure, ends what is under way, and throws the failure", async () => {
    const done: number[] = [];
    const work = async (item: number) => {
      await new Promise((resolve) => setTimeout(resolve, item === 2 ? 1 : 10));
      if (item === 2) throw new Error("refused");
      done.push(item);
    };
    await expect(mapConcurrently([1, 2, 3, 4, 5], 2, undefined, work)).rejects.toThrow("refused");
    expect(done).toEqual([1]);
  });
});
