import { describe, expect, test } from "@jest/globals";
import { RetryingVault } from "../../secrets/retrying-vault";
import type { Vault } from "../../secrets/retrying-vault";

const PATH = "auth/milan/approle/role/anagrafe/secret-id";
/** A second of these tests, in milliseconds. */
const SECOND = 1;
const NEVER = new AbortController().signal;

function tooMany(retryAfter?: number): Error {
  return Object.assign(new Error("429"), { status: 429, retryAfter });
}

/** A Vault that refuses a write so many times before it answers it. */
function busy(times: number, refusal: Error): { readonly vault: Vault; readonly asked: () => number } {
  let asked = 0;
  const answer = (): Promise<string> => (++asked > times ? Promise.resolve("done") : Promise.reject(refusal));
  const vault = {
    ...{ get: answer, post: answer, postWrapped: answer },
    list: () => answer().then((one) => [one]),
    delete: () => answer().then(() => undefined),
  };
  return { vault, asked: () => asked };
}

describe("a patient Vault", () => {
  test("asks again what was refused for too many requests, whatever is asked", async () => {
    const ways: ((vault: Vault) => Promise<unknown>)[] = [
      (vault) => vault.get(PATH),
      (vault) => vault.list(PATH),
      (vault) => vault.post(PATH),
      (vault) => vault.delete(PATH).then(() => "done"),
      (vault) => vault.postWrapped(PATH, {}, 60),
    ];
    for (const way of ways) {
      const { vault, asked } = busy(2, tooMany());
      expect([await way(new RetryingVault(vault, NEVER, SECOND))].flat()).toEqual(["done"]);
      expect(asked()).toBe(3);
    }
  });

  test("waits as long as Vault says, but not for ever", async () => {
    const timed = async (retryAfter: number | undefined): Promise<number> => {
      const begin = performance.now();
      await new RetryingVault(busy(1, tooMany(retryAfter)).vault, NEVER, 50).get(PATH);
      return performance.now() - begin;
    };
    expect(await timed(2)).toBeGreaterThanOrEqual(99);
    // Of less than a second a server says 0, which is no reason not to wait.
    expect(await timed(0)).toBeGreaterThan(20);
    // Not that long: the test's own limit would end it.
    expect(await timed(10_000)).toBeGreaterThanOrEqual(499);
  });

  test("gives up after some times, and says what is to be done", async () => {
    const { vault, asked } = busy(Infinity, tooMany());
    await expect(new RetryingVault(vault, NEVER, SECOND).post(PATH)).rejects.toThrow(
      "429; asked 10 times: wait, or raise secrets.requestsPerSecond",
    );
    expect(asked()).toBe(10);
  });

  test("asks nothing again that was refused for another reason", async () => {
    const { vault, asked } = busy(1, Object.assign(new Error("403"), { status: 403 }));
    await expect(new RetryingVault(vault, NEVER, SECOND).post(PATH)).rejects.toThrow("403");
    expect(asked()).toBe(1);
  });

  test("waits no longer once it is ended", async () => {
    const { vault } = busy(Infinity, tooMany(10));
    await expect(new RetryingVault(vault, AbortSignal.timeout(5)).post(PATH)).rejects.toThrow("aborted");
  });
});
