import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { toBeSigned } from "../../remote-desktop/signed-connection-file";
import { LabRoot, openssl } from "../fixtures/lab-root";
import { typedHere } from "../fixtures/typed-here";

const FIXTURES = join(__dirname, "../fixtures");
/** What Microsoft's rdpsign.exe puts before a signature, before its length. */
const HEADER = "0100010001000000";

let folder: string;
const at = (name: string): string => join(folder, name);
const textOf = (name: string): string => readFileSync(at(name), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "access-points-"));
  copyFileSync(join(FIXTURES, "access.yaml"), at("porto.yaml"));
  copyFileSync(join(FIXTURES, "access.assignments.csv"), at("access.assignments.csv"));
  writeFileSync(at("logins.txt"), "anna.bianchi\n\nPO900002\n");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const typed = (...args: readonly string[]) =>
  typedHere(["report", "access-points", "porto", "--environments", folder, "--out", at("files"), ...args]);

describe("report access-points", () => {
  test("gives holders their files, and who uses floating seats theirs, in a folder of its name", async () => {
    const { code, out } = await typed("--people", `remoto=${at("logins.txt")}`);
    const paths = ["PO900001.rdp", "PO900003.rdp", "remoto/anna.bianchi.rdp", "remoto/PO900002.rdp"];
    expect({ code, out }).toEqual({ code: 0, out: paths.map((path) => `${at(`files/${path}`)}\n`).join("") });
    expect(textOf("files/remoto/anna.bianchi.rdp")).toContain("loadbalanceinfo:s:Cookie: msts=remoto/anna.bianchi");
    await typed();
    expect(existsSync(at("files/remoto/PO900002.rdp"))).toBe(false);
  });

  test("signs what leads to the seat, so that OpenSSL says who gave it, and that nobody changed it", async () => {
    const root = LabRoot.make(at("root"), "Porto's authority");
    writeFileSync(at("root.pem"), root.certificate);
    const request = openssl([
      "req",
      "-new",
      "-newkey",
      "rsa:2048",
      "-noenc",
      "-keyout",
      at("key"),
      "-subj",
      "/CN=Comune",
    ]);
    writeFileSync(at("signer.pem"), root.sign(request, { extensions: ["extendedKeyUsage = codeSigning"] }));
    expect(await typed("--sign", at("signer.pem"), "--key", at("key"))).toMatchObject({ code: 0, err: "" });
    const signed = textOf("files/PO900001.rdp");
    const [, value = ""] = /\r\nsignature:s:(\S+)\r\n$/.exec(signed) ?? [];
    expect(signed).toContain("alternate full address:s:postazioni.porto.example:3389\r\n");
    expect(/signscope:s:(.*)\r\n/.exec(signed)?.[1]?.split(",")).toEqual(
      expect.arrayContaining(["Full Address", "Alternate Full Address", "LoadBalanceInfo", "Authentication Level"]),
    );
    const bytes = Buffer.from(value, "base64");
    expect(bytes.subarray(0, 8).toString("hex")).toBe(HEADER);
    expect(bytes.readUInt32LE(8)).toBe(bytes.length - 12);
    writeFileSync(at("signature"), bytes.subarray(12));
    expect(verified(signedText(signed))).toBe("CN = Comune");
    expect(verified(signedText(signed).replace("PO900001", "PO900002"))).toBe("Verification failure");
  });

  /** A connection file without what signing added. */
  function signedText(text: string): string {
    return text.replace(/(alternate full|signscope|signature).*\r\n/g, "");
  }

  /** Who signed a connection file by the signature that was kept, or that nobody did. */
  function verified(text: string): string {
    writeFileSync(at("message"), toBeSigned(text).message);
    const form = ["-verify", "-binary", "-inform", "DER", "-in", at("signature"), "-content", at("message")];
    const trust = ["-CAfile", at("root.pem"), "-purpose", "any", "-signer", at("by"), "-out", at("out")];
    const { status } = spawnSync("openssl", ["smime", ...form, ...trust]);
    if (status !== 0) return "Verification failure";
    return openssl(["x509", "-in", at("by"), "-noout", "-subject"])
      .trim()
      .replace("subject=", "");
  }

  test("refuses names without floating seats, lines that are no login, half of a signer, and wrong keys, and writes nothing", async () => {
    writeFileSync(at("logins.txt"), "anna\nAnna Bianchi\nbob.\n");
    const people = await typed("--people", `remoto=${at("logins.txt")}`, "--people", "anagrafe=x");
    expect(people).toMatchObject({ code: 2 });
    for (const part of ['logins.txt:2: "Anna Bianchi" is no login', 'logins.txt:3: "bob."', '--people "anagrafe=x"'])
      expect(people.err).toContain(part);
    expect(await typed("--sign", at("porto.yaml"))).toMatchObject({ code: 2, err: expect.stringContaining("--key") });
    expect(await typed("--sign", at("none"), "--key", at("none"))).toMatchObject({
      ...{ code: 2, err: expect.stringContaining("none cannot be read") },
    });
    expect(await typed("--sign", at("porto.yaml"), "--key", at("porto.yaml"))).toMatchObject({
      ...{ code: 2, err: expect.stringContaining("OpenSSL signs nothing with") },
    });
    expect(readdirSync(folder)).not.toContain("files");
  });
});
