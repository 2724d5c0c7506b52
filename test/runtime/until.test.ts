import { describe, expect, test } from "@jest/globals";
import { pause, until } from "../../runtime/until";

const QUICK = { within: 60_000, pause: 1 };

describe("until", () => {
  test("looks until something is found, and says what", async () => {
    const looks = [undefined, false, "found"] as const;
    let count = 0;
    expect(await until(() => looks[count++], QUICK)).toBe("found");
    expect(count).toBe(3);
  });

  test("looks once where there is no time, and finds nothing", async () => {
    let count = 0;
    expect(await until(() => (count++, false), { within: 0, pause: 1 })).toBeUndefined();
    expect(count).toBe(1);
  });

  test("takes an error that only means not yet for nothing, but throws the last one", async () => {
    let count = 0;
    const look = (): number => {
      if (count++ < 2) throw new Error("not reached");
      return count;
    };
    const isPassing = (error: unknown): boolean => error instanceof Error && error.message === "not reached";
    expect(await until(look, { ...QUICK, isPassing })).toBe(3);
    count = 0;
    await expect(until(look, { within: 0, pause: 1, isPassing })).rejects.toThrow("not reached");
    count = 0;
    await expect(until(look, QUICK)).rejects.toThrow("not reached");
  });

  test("ends with the signal's reason, while it waits and before", async () => {
    const controller = new AbortController();
    const waiting = until(() => (controller.abort(new Error("interrupted")), false), {
      ...QUICK,
      signal: controller.signal,
    });
    await expect(waiting).rejects.toThrow("interrupted");
    await expect(pause(1, controller.signal)).rejects.toThrow("interrupted");
  });
});
