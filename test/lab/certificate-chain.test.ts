import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { chainFlaws, chainUntil, flawText, readChain } from "../../secrets/authority/chain";
import { AUTHORITY_EXTENSIONS, LabRoot } from "../fixtures/lab-root";

const FOLDER = mkdtempSync(join(tmpdir(), "chains-"));
const ROOT = LabRoot.make(join(FOLDER, "root"), "Milano root");
const REQUEST = LabRoot.request("milan authority");
const DAY = 86_400_000;

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

/** What is wrong with a file's text. */
function flaws(text: string, root = ROOT, now = new Date()): string[] {
  const { certificates, flaws: unread } = readChain(text);
  return [...unread, ...chainFlaws(certificates, { rootSha256: root.fingerprint, now })].map(flawText);
}

function withExtensions(...extensions: string[]): string {
  return ROOT.sign(REQUEST, { extensions });
}

describe("a chain", () => {
  test("is right from the authority's certificate to the root that the file names, whatever stands around it", () => {
    expect(flaws(ROOT.sign(REQUEST))).toEqual([]);
    expect(flaws(`subject=milan authority\r\n${ROOT.sign(REQUEST).replaceAll("\n", "\r\n")}\n`)).toEqual([]);
  });

  test("is right also where an office's authority stands in between, which has ended with the first that does", () => {
    const office = LabRoot.under(ROOT, join(FOLDER, "office"), "Office authority", ["basicConstraints = CA:TRUE"]);
    const text = office.sign(REQUEST, { days: 700 });
    const { certificates } = readChain(text);
    expect(certificates.map(({ subject }) => subject)).toEqual([
      "CN=milan authority",
      "CN=Office authority",
      "CN=Milano root",
    ]);
    expect(flaws(text)).toEqual([]);
    expect(chainUntil(certificates)).toEqual(certificates[1]?.until);
    const narrow = LabRoot.under(ROOT, join(FOLDER, "end"), "Last authority", AUTHORITY_EXTENSIONS);
    expect(flaws(narrow.sign(REQUEST))).toEqual([
      expect.stringMatching(/^CN=Last authority has pathlen:0, and 1 below/),
    ]);
  });

  test("is that of another root", () => {
    const other = LabRoot.make(join(FOLDER, "other"), "Milano root");
    expect(flaws(other.sign(REQUEST))).toEqual([
      `the root CN=Milano root has the fingerprint ${other.fingerprint}; allowed: secrets.authority.rootSha256, ` +
        `${ROOT.fingerprint}; repair: have it signed by that root, or mend the file`,
    ]);
  });

  test("has a gap, or stands in another order", () => {
    const [own = "", root = ""] = ROOT.sign(REQUEST).split(/(?<=-----END CERTIFICATE-----\n)/);
    expect(flaws(own)).toEqual([
      expect.stringMatching(/^the last certificate, CN=milan authority, is no root; .*repair: append the certificate/),
    ]);
    expect(flaws(root + own)).toEqual([
      expect.stringMatching(
        /^CN=Milano root was not signed by the next one, CN=milan authority; .*repair: put them in/,
      ),
      expect.stringMatching(/^the last certificate, CN=milan authority, is no root; /),
    ]);
    const other = LabRoot.make(join(FOLDER, "namesake"), "Milano root");
    expect(flaws(own + other.certificate)).toEqual([
      expect.stringMatching(/^CN=milan authority was not signed by the next one, CN=Milano root; /),
      expect.stringMatching(/^the root CN=Milano root has the fingerprint /),
    ]);
    expect(flaws(root)).toEqual([expect.stringMatching(/^CN=Milano root is a root by itself; /)]);
  });

  test("has ended, or has not begun", () => {
    expect(flaws(ROOT.sign(REQUEST, { days: -1 }))).toEqual([
      expect.stringMatching(
        /^CN=milan authority ended \d{4}-.*Z; allowed: a certificate that lasts; repair: renew it$/,
      ),
    ]);
    expect(flaws(ROOT.sign(REQUEST), ROOT, new Date(Date.now() - DAY))).toEqual([
      expect.stringMatching(/^CN=milan authority begins \d{4}-/),
      expect.stringMatching(/^CN=Milano root begins \d{4}-/),
    ]);
  });

  test("is of a certificate that may not sign", () => {
    expect(flaws(withExtensions("basicConstraints = CA:FALSE"))).toEqual([
      "CN=milan authority may sign no certificate; allowed: CA:TRUE and keyCertSign; repair: have it signed as an authority",
    ]);
    const lists = expect.stringMatching(/^CN=milan authority is not for both certificates and revocation lists; /);
    expect(flaws(withExtensions("basicConstraints = CA:TRUE", "keyUsage = keyCertSign"))).toEqual([lists]);
    expect(flaws(withExtensions("basicConstraints = CA:TRUE"))).toEqual([lists]);
  });

  test("is of a root that lets no authority stand below it", () => {
    const constraints = ["basicConstraints=critical,CA:TRUE,pathlen:0", "keyUsage=critical,keyCertSign,cRLSign"];
    const narrow = LabRoot.make(join(FOLDER, "narrow"), "Narrow root", constraints);
    expect(flaws(narrow.sign(REQUEST, { extensions: AUTHORITY_EXTENSIONS }), narrow)).toEqual([
      "CN=Narrow root has pathlen:0, and 1 below it; allowed: pathlen:1 or more; " +
        "repair: have the city's authority signed by another one",
    ]);
  });

  test("is said to be wrong in all at once", () => {
    const other = LabRoot.make(join(FOLDER, "third"), "Other root");
    expect(flaws(other.sign(REQUEST, { days: -1, extensions: ["basicConstraints = CA:FALSE"] }))).toHaveLength(3);
  });
});

describe("a file", () => {
  test.each([
    ["", /^it holds no certificate; /],
    ["hello", /^it holds no certificate; /],
    [REQUEST, /^it holds a certificate request; .*repair: put the signed certificate in its place$/],
    [
      "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
      /^it holds a private key; .*make another one$/,
    ],
    ["-----BEGIN EC PRIVATE KEY-----\nDEK-Info: AES-256-CBC,00\n\nAAAA\n", /^it holds a private key; /],
    ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", /^certificate 1 is not readable: /],
  ])("is refused: %#", (text, said) => {
    expect(flaws(text)).toEqual([expect.stringMatching(said)]);
  });

  test("that is cut short is refused, wherever", () => {
    const text = ROOT.sign(REQUEST);
    for (let length = 0; length < text.length - 1; length += 97) expect(flaws(text.slice(0, length))).not.toEqual([]);
  });
});
