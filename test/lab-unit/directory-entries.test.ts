import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { directoryContents, hashed } from "../../lab/directory-entries";

const PEOPLE = {
  domain: "vdi.comune.milano.example",
  pools: ["anagrafe"],
  users: [{ name: "m.rossi", groups: ["civici"] }, { name: "g.verdi" }],
};

describe("a directory's entries", () => {
  test("stand below the domain's labels, in units for people, services and groups", () => {
    const { base, ldif } = directoryContents(PEOPLE);
    expect(base).toBe("dc=vdi,dc=comune,dc=milano,dc=example");
    const names = [...ldif.matchAll(/^dn: (.*)$/gm)].map(([, dn]) => dn?.replace(`,${base}`, ""));
    expect(names).toEqual([
      base,
      "ou=people",
      "ou=services",
      "ou=groups",
      "ou=delegated,ou=groups",
      "uid=svc-vault,ou=services",
      "uid=svc-domain-join-anagrafe,ou=services",
      "uid=m.rossi,ou=people",
      "uid=g.verdi,ou=people",
      "cn=civici,ou=groups",
    ]);
    expect(ldif).toContain(`member: uid=m.rossi,ou=people,${base}`);
  });

  test("hold no password, and two directories have no password in common", () => {
    const [one, other] = [directoryContents(PEOPLE), directoryContents(PEOPLE)];
    const passwords = [...one.accounts.values(), ...other.accounts.values()].map(({ password }) => password);
    expect(new Set(passwords).size).toBe(8);
    expect(passwords.filter((password) => one.ldif.includes(password))).toEqual([]);
  });

  test("have passwords as salted hashes that only the right password gives", () => {
    const bytes = Buffer.from(hashed("right").slice("{SSHA}".length), "base64");
    const digest = (password: string) => createHash("sha1").update(password).update(bytes.subarray(20)).digest();
    expect(digest("right").equals(bytes.subarray(0, 20))).toBe(true);
    expect(digest("wrong").equals(bytes.subarray(0, 20))).toBe(false);
  });

  test("are refused where a name would need an escape, all such names at once", () => {
    const wrong = { ...PEOPLE, pools: ["a,b"], users: [{ name: "x\ny" }, { name: "ok", groups: ["=g"] }] };
    expect(() => directoryContents(wrong)).toThrow(/cannot have: a,b, =g, x\ny; allowed: small letters/);
  });
});
