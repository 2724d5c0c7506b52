import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { CertifiedMachine } from "./certified-machine";
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
