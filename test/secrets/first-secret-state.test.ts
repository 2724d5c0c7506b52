import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { WRAPPING_SECONDS } from "../../access/secret-id";
import { GUESTINFO_KEYS, guestinfoChanges, guestinfoOf } from "../../secrets/guestinfo";
import { standingOf } from "../../secrets/first-secret-state";

const NEW = guestinfoOf({});
const ISSUED = { ...NEW, wrapped: "token", loginBy: "1000", expires: "9000" };
/** When a machine was started that said what it had to say, or said nothing. */
const LONG_BEFORE = -2_590_000;
const [BEFORE, AFTER, LONG_AFTER] = [999, 1000, 9000];

describe("a machine's first secret", () => {
  test.each([
    ["is to be issued to a machine that has none", NEW, AFTER, false, "none"],
    ["waits while nobody has opened it", ISSUED, BEFORE, true, "waiting"],
    ["waits for a machine that did not reach Vault", { ...ISSUED, state: "failed" }, BEFORE, true, "waiting"],
    ["is issued anew where nobody opened it in time", ISSUED, AFTER, true, "none"],
    ["is an alert where it was opened and that is noticed after its time", ISSUED, AFTER, false, "alert"],
    ["is an alert then whatever its machine failed at before", { ...ISSUED, state: "failed" }, AFTER, false, "alert"],
    ["is forgotten where Vault knows it no more", ISSUED, LONG_AFTER, false, "forgotten"],
    ["is forgotten where its machine came so late", { ...ISSUED, state: "expired" }, LONG_AFTER, false, "forgotten"],
    ["is an alert where it was opened and the machine has not said so", ISSUED, BEFORE, false, "alert"],
    ["stays an alert", { ...ISSUED, state: "alert" }, AFTER, false, "alert"],
    ["is opened while the machine joins", { ...ISSUED, wrapped: "", state: "opened" }, BEFORE, false, "opened"],
    ["is opened where the machine may not clear it", { ...ISSUED, state: "opened" }, BEFORE, false, "opened"],
    ["is issued anew to a machine that never came to an end", { ...ISSUED, state: "opened" }, AFTER, false, "none"],
    [
      "is issued anew to a machine that failed with it",
      { ...ISSUED, wrapped: "", state: "failed" },
      BEFORE,
      false,
      "none",
    ],
    ["is not issued to a machine that joined", { ...ISSUED, wrapped: "", state: "joined" }, AFTER, false, "joined"],
  ] as const)("%s", (_, info, now, unopened, standing) => {
    expect(standingOf(info, now, unopened, LONG_BEFORE)).toBe(standing);
  });

  test.each([
    ["is off", undefined, "unsaid"],
    ["was started since and has not had the time to say it again", AFTER - 899, "unsaid"],
    ["has had that time", AFTER - 900, "alert"],
    ["has been on since before it was issued", LONG_BEFORE + 1, "alert"],
  ] as const)("that was opened, and of which nothing is said, where its machine %s", (_, started, standing) => {
    const issued = LONG_BEFORE + 2;
    const info = { ...ISSUED, expires: String(issued + WRAPPING_SECONDS) };
    expect(standingOf(info, AFTER, false, started)).toBe(standing);
  });

  test("is not issued anew to a machine that is off, however old the last one is", () => {
    expect(standingOf(ISSUED, LONG_AFTER, false, undefined)).toBe("unsaid");
  });
});

describe("guestinfo", () => {
  test("is written as the boot scripts read it", () => {
    const readme = readFileSync(join(__dirname, "../../boot/README.md"), "utf8");
    const script = readFileSync(join(__dirname, "../../boot/first-login.sh"), "utf8");
    const read = [...script.matchAll(/read_guestinfo ([a-z-]+)/g)].map(
      ([, key]) => `guestinfo.postazioni.${key ?? ""}`,
    );
    expect(Object.values(GUESTINFO_KEYS)).toEqual(expect.arrayContaining(read));
    for (const key of Object.values(GUESTINFO_KEYS)) expect(readme).toContain(`\`${key.split(".").pop() ?? ""}\``);
  });

  test("is told of what changes only, and an empty value removes", () => {
    const changes = guestinfoChanges({ ...ISSUED, state: "failed" }, { ...ISSUED, wrapped: "other" });
    expect(changes).toEqual({ "guestinfo.postazioni.wrapped": "other", "guestinfo.postazioni.state": "" });
  });
});
