import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { certificateFiles } from "../../remote-desktop/render/certificate-files";
import { oneOf } from "../fixtures/soak";
import { CertifiedMachine, DAY_SECONDS } from "./certified-machine";
import { ForgedAuthority, certificatesOf } from "./forged-authority";

const folder = mkdtempSync(join(tmpdir(), "access-certificate-"));
let vault: ForgedAuthority;
let machine: CertifiedMachine;
let chain: readonly string[];

beforeAll(async () => {
  vault = await ForgedAuthority.start(folder);
  ({ chain } = vault);
});

beforeEach(() => {
  Object.assign(vault, { answers: {}, asked: [], clock: undefined, chain });
  machine = new CertifiedMachine(join(folder, "machine"), vault);
  machine.firstSecret();
});

afterAll(() => {
  vault.stop();
  rmSync(folder, { recursive: true });
});

describe("what HAProxy believes", () => {
  test("is the pinned root alone; what stands between it and the machine's certificate comes with that", async () => {
    expect(await machine.fetches()).toBe("joined");
    expect(machine.file("authority.pem")).toBe(vault.root.certificate);
    expect(certificatesOf(machine.file("machine.pem")).slice(1)).toEqual(chain.slice(0, 1));
  });

  test.each([
    ["beside the pinned root", (other: string, [between = "", root = ""]: readonly string[]) => [between, other, root]],
    ["in one text with it", (other: string, [between = "", root = ""]: readonly string[]) => [between, root + other]],
  ])("is no other authority that a server names %s", async (_, named) => {
    vault.chain = named(vault.stranger().certificate, chain);
    await machine.fetches();
    expect(machine.file("authority.pem")).toBe(vault.root.certificate);
  });

  test("is no certificate by another authority, or of another machine, whatever root comes with it", async () => {
    const [stranger, other] = [vault.stranger(), "porto-access-b.vdi.porto.example"];
    vault.chain = [stranger.certificate, ...chain];
    for (const certificate of [vault.certificate(undefined, stranger), vault.certificate(other)]) {
      vault.answers = { issue: { body: vault.issued(certificate) } };
      await machine.fetches();
      expect(machine.said).toContain("is not this machine's by the root that the city's file names");
      expect(() => machine.file("machine.pem")).toThrow("ENOENT");
    }
  });
});

describe("a first secret", () => {
  const GONE = { status: 400 };
  const used = { lookup: GONE };

  test("that another opened is an alert, and one that ended is none", async () => {
    vault.answers = used;
    expect(await machine.fetches()).toBe("alert");
    expect(await machine.fetches()).toBe("alert");
    machine.tell({ expires: "1", state: "" });
    expect(await machine.fetches()).toBe("expired");
  });

  test("that another opened between the machine's look and its own opening is an alert, and stays one", async () => {
    vault.answers = { unwrap: GONE };
    expect(await machine.fetches()).toBe("alert");
    vault.answers = used;
    expect(await machine.fetches()).toBe("alert");
  });

  test("that came back with guestinfo is known as the machine's own, and another is asked for", async () => {
    expect(await machine.fetches()).toBe("joined");
    expect(machine.guestinfo("wrapped")).toBe("");
    machine.kept = { ...machine.kept, renewed: 0 };
    machine.firstSecret();
    vault.answers = { ...used, renew: { status: 403 } };
    expect(await machine.fetches()).toBe("failed");
    expect(machine.guestinfo("wrapped")).toBe("");
    machine.firstSecret("another");
    vault.answers = { renew: { status: 403 } };
    expect(await machine.fetches()).toBe("joined");
  });

  test("whose answer was lost is no alert, and is left for `secrets first` to see", async () => {
    vault.answers = { unwrap: { lost: true } };
    expect(await machine.fetches()).toBe("");
    vault.answers = used;
    expect(await machine.fetches()).toBe("failed");
    expect(machine.guestinfo("wrapped")).toBe("a-wrapping-token");
    expect(machine.said).toContain("audit log");
  });

  test("that could not be asked for is opened the next time", async () => {
    vault.answers = { unwrap: { lost: true } };
    await machine.fetches();
    vault.answers = {};
    expect(await machine.fetches()).toBe("joined");
  });

  test.each(
    oneOf(2, [
      ["lookup", 404, "<html>not found</html>"],
      ["unwrap", 403, ""],
      ["unwrap", 400, '["errors"]'],
      ["lookup", 503, '{"errors":["Vault is sealed"]}'],
      ["lookup", 200, "{}"],
      ["unwrap", 200, "[]"],
    ] as const),
  )("says nothing where what answers the %s with %i and %j does not say that it was opened", async (...told) => {
    const [step, status, body] = told;
    vault.answers = { [step]: { status, body } };
    expect(await machine.fetches()).toBe("");
    expect(machine.said).toMatch(/^postazioni: .*\n$/);
    vault.answers = {};
    expect(await machine.fetches()).toBe("joined");
  });

  test.each(
    oneOf(3, [
      ["Vault has too many requests", { status: 429 }],
      ["the answer is lost", { lost: true }],
      ["a proxy refuses", { status: 403, body: "<html>" }],
    ] as const),
  )("is opened once, and its secret id is kept where %s at the login", async (_, answer) => {
    vault.answers = { login: answer };
    expect(await machine.fetches()).toBe("opened");
    expect(machine.kept.login).toEqual({ role_id: "a-role", secret_id: "opened-id" });
    vault.answers = {};
    expect(await machine.fetches()).toBe("joined");
    expect(vault.asked).toEqual(["lookup", "unwrap", "login", "login", "issue"]);
    expect(JSON.stringify(machine.kept)).not.toContain("opened-id");
  });

  test("whose secret id Vault refuses is forgotten, and the next one opened at once", async () => {
    vault.answers = { login: { status: 429 } };
    await machine.fetches();
    vault.answers = { login: { status: 400 } };
    expect(await machine.fetches()).toBe("failed");
    expect(machine.kept.login).toBeNull();
    machine.firstSecret("another");
    vault.answers = {};
    expect(await machine.fetches()).toBe("joined");
  });

  test("is not opened where nothing can be kept", async () => {
    machine.allowsKeeping(false);
    expect(await machine.fetches()).toBe("");
    expect([vault.asked, machine.said]).toEqual([["lookup"], expect.stringContaining("wrong with this machine")]);
    machine.allowsKeeping(true);
    expect(await machine.fetches()).toBe("joined");
  });

  test("leaves a token that a proxy refuses to renew as it is", async () => {
    await machine.fetches();
    machine.kept = { ...machine.kept, renewed: 0 };
    vault.answers = { renew: { status: 403, body: "<html>" } };
    expect(await machine.fetches()).toBe("joined");
    expect(vault.asked.slice(-1)).toEqual(["renew"]);
  });
});

describe("a certificate that the machine has", () => {
  /** What the program asks of Vault in another run. */
  async function asks(changed: Parameters<CertifiedMachine["fetches"]>[0] = {}): Promise<string[]> {
    vault.asked = [];
    await machine.fetches(changed);
    return vault.asked;
  }

  test("is fetched anew after a third of its life, and its login renewed once a day", async () => {
    await machine.fetches();
    expect(await asks()).toEqual([]);
    const { fetched, renewed } = machine.kept as { fetched: number; renewed: number };
    machine.kept = { ...machine.kept, renewed: renewed - DAY_SECONDS };
    expect(await asks()).toEqual(["renew"]);
    machine.kept = { ...machine.kept, fetched: fetched - 2.4 * DAY_SECONDS };
    expect(await asks()).toEqual(["issue"]);
  });

  test("is fetched anew where the city's file has another name for the machine, or another root", async () => {
    await machine.fetches();
    const host = "porto-access-b.vdi.porto.example";
    vault.answers = { issue: { body: vault.issued(vault.certificate(host)) } };
    expect(await asks({ host })).toEqual(["issue"]);
    expect(await asks({ host })).toEqual([]);
    await asks({ host, root: "ab".repeat(32) });
    expect([vault.asked, machine.said]).toEqual([["issue"], expect.stringContaining("another root")]);
  });

  test.each(oneOf(2, [40, -40]))(
    "is renewed in time where the clock was %i days ahead of Vault's, and is right again",
    async (ahead) => {
      expect(await machine.fetches({ ahead })).toBe("joined");
      expect(machine.kept.lasts).toBeCloseTo(7 * DAY_SECONDS, -2);
      expect(await asks({ ahead })).toEqual([]);
      expect(await asks()).toEqual(["renew", "issue"]);
      expect(await asks()).toEqual([]);
    },
  );

  test("is asked for again with another login once Vault no longer takes the machine's", async () => {
    await machine.fetches();
    machine.kept = { ...machine.kept, fetched: 0 };
    vault.answers = { issue: { status: 403 }, renew: { status: 403 } };
    expect(await asks()).toEqual(["issue"]);
    machine.firstSecret("another");
    vault.answers = { renew: { status: 403 } };
    expect(await asks()).toEqual(["renew", "lookup", "unwrap", "login", "issue"]);
  });

  test("had a first secret that ended by Vault's clock, not by the machine's", async () => {
    vault.answers = { lookup: { status: 400 } };
    expect(await machine.fetches({ ahead: 1 })).toBe("alert");
    vault.clock = Date.now() + 2 * 3_600_000;
    expect(await machine.fetches()).toBe("expired");
  });

  test("is fetched by a unit that ends where the program hangs, as the timer starts no second one", () => {
    const files = certificateFiles("porto", { vault: vault.address, root: "ab", hosts: ["a", "b"] }, 0);
    const unit = files.find(({ path }) => path.endsWith(".service"))?.text;
    expect(unit).toMatch(/^Type=oneshot\nTimeoutStartSec=5min\nExecStart=.* porto a ab$/m);
  });
});
