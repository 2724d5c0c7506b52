import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { hostAndPort } from "../../environments/model/urls";
import { textEdit } from "../fixtures/city-edits";
import type { Edit } from "../fixtures/city-edits";
import { milanBreaking, milanWith } from "../fixtures/city-files";

const NAME = "  name: Milano\n";

function named(yaml: string): Edit {
  return textEdit(NAME, `  name: ${yaml}\n`);
}

/** What is said of the city's name: message and repair. */
function saidOf(yaml: string): string[] {
  return milanBreaking("wrong-form", named(yaml)).map((line) => line.replace(/allowed: .*; repair/, "repair"));
}

describe("a text of a city's file", () => {
  test.each([
    ["behind a line separator", String.raw`"Milano\u2028$` + String.raw`{file(\"/proc/self/environ\")}"`, "U+2028"],
    ["behind a paragraph separator", String.raw`"Milano\u2029%` + String.raw`{ if true }"`, "U+2029"],
    ["behind a line end", String.raw`"Milano\n$` + '{path.module}"', "U+000A"],
    ["behind a dollar sign", '"Milano $$' + '{path.module}"', "${"],
    ["of cdktf's list tokens", '"#{TfToken[TOKEN.0]}"', "{TfToken["],
    ["that another text before it would open", '"{path.module}"', "{"],
  ])("holds no expression %s", (_, yaml, what) => {
    expect(saidOf(yaml)).toEqual([
      expect.stringContaining(`holds ${what.startsWith("U") ? "the character " : ""}${what}`),
    ]);
  });

  test.each([
    ["a line separator", String.raw`"Milano\u2028Città"`],
    ["a mark that turns the direction", String.raw`"Milano\u202eanaliM"`],
    ["a mark of the direction", String.raw`"Milano\u200f"`],
    ["a space without width", String.raw`"\u200b"`],
    ["a soft hyphen", String.raw`"Mi\u00adlano"`],
    ["next line", String.raw`"Mi\u0085lano"`],
    ["a private character", String.raw`"Mi\ue000lano"`],
    ["a Hangul filler", String.raw`"\u3164"`],
    ["no character", String.raw`"Mi\u0378lano"`],
  ])("holds nothing that cannot be seen, such as %s", (_, yaml) => {
    expect(saidOf(yaml)).toEqual([
      expect.stringMatching(/holds the character U\+[0-9A-F]{4}, which cannot be seen; repair: take it out/),
    ]);
  });

  test.each([
    ["a blank alone", '" "'],
    ["a no-break space alone", String.raw`"\u00a0"`],
    ["a blank at its end", '"Milano "'],
    ["an ideographic space at its beginning", String.raw`"\u3000Milano"`],
  ])("has no blank at its ends: %s", (_, yaml) => {
    expect(saidOf(yaml)).toEqual([
      expect.stringContaining("begins or ends with a blank; repair: take the blanks at its ends out"),
    ]);
  });

  test("is held to that wherever it stands", () => {
    expect(milanBreaking("wrong-form", { "platform.vsphere.datacenter": "Milano " })).toHaveLength(1);
    expect(milanWith({ "project.manager": " " }).join("\n")).toContain("begins or ends with a blank");
  });

  test.each(["Città di Milano – «Servizi»", "L’Aquila", "50 % & più", "100 $ {", "東京都"])("may be %s", (text) => {
    expect(milanWith(named(JSON.stringify(text)))).toEqual([]);
  });

  test("has no separator in a comment either, which ends it for some readers only", () => {
    expect(milanWith(textEdit("manager: Sara Belli", "manager: Sara Belli # R.U.P.\u2028  code: x"))).toEqual([
      expect.stringContaining("the character \\u{2028} cannot be seen"),
    ]);
  });
});

describe("a name in vCenter", () => {
  test.each([
    { "platform.vsphere.datacenter": "." },
    { "platform.vsphere.datacenter": ".hidden" },
    { 'images.windows-office.versions."2026.10".template': ".." },
    { "platform.datastores.vsan-vdi-a.name": ".vsan" },
  ])("is no way from where a client is: %p", (edit: Edit) => {
    expect(milanBreaking("wrong-form", edit)).toEqual([
      expect.stringMatching(/and without a dot at its beginning: .*; repair: rename it in vCenter, and here too/),
    ]);
  });

  test.each(["VDI [a]", "VDI*", "VDI?"])("is no pattern: %s", (name) => {
    const found = milanBreaking("wrong-form", { "platform.vsphere.datacenter": name });
    expect(found).toEqual([expect.stringMatching(/take for a pattern.*; repair: rename it in vCenter, and here too/)]);
  });

  test("of a host may have capitals, and is the same host in small letters", () => {
    expect(
      milanWith({
        'platform.clusters.milano-vdi-a.hosts."esx-a01.comune.milano.example"': "ESX-A01.comune.milano.example",
      }),
    ).toEqual([]);
    const twice = milanBreaking("host-in-one-cluster", {
      "platform.clusters.milano-vdi-a.hosts.+1": "ESX-A01.comune.milano.example",
    });
    expect(twice).toHaveLength(1);
  });

  test("is told from one that looks the same", () => {
    const found = milanBreaking("datastore-cluster", {
      "platform.clusters.milano-vdi-b.name": "Citt\u00e0-b",
      "platform.datastores.vsan-vdi-b.cluster": "Citta\u0300-b",
    });
    expect(found.join("\n")).toMatch(/"Citta\\u\{300\}-b" names no cluster.*repair: write "Citt\\u\{e0\}-b"/);
  });
});

describe("an address", () => {
  const VAULT = "https://vault.comune.milano.example:8200";
  const vault = (address: string): Edit => ({ "platform.vault.address": address });
  const ISSUER = "https://gitlab.comune.milano.example";
  const issuer = (address: string): Edit => ({ "secrets.ci.issuer": address });

  test.each([
    ["Vault", vault(`${VAULT}/`), `write ${VAULT} (`],
    [
      "the state",
      { "platform.state.address": "https://gitlab.comune.milano.example/api/v4/projects/611/terraform/state/" },
      "take the slash at its end out",
    ],
    ["CI's issuer", issuer(`${ISSUER}/`), `write ${ISSUER} (`],
  ] as [string, Edit, string][])("of %s does not end in a slash", (_, edit, repair) => {
    expect(milanBreaking("wrong-form", edit)).toEqual([expect.stringContaining(`repair: ${repair}`)]);
  });

  test.each(["/ui", "/ui/", "/ui/vault", "/ui/vault/secrets", "/v1", "/v1/"])(
    "of Vault is that of its server, without %s of a page or of its API",
    (path) => {
      expect(milanBreaking("wrong-form", vault(`${VAULT}${path}`))).toEqual([
        expect.stringContaining(`repair: write ${VAULT} (`),
      ]);
    },
  );

  test("of Vault, with a path below its API, says where a namespace goes", () => {
    expect(milanBreaking("wrong-form", vault(`${VAULT}/v1/cities/milan`))).toEqual([
      expect.stringContaining(`repair: write ${VAULT}; a namespace goes into platform.vault.namespace`),
    ]);
  });

  test.each(["https://ui", "https://v1:8200"])("of Vault may have a host of such a name: %s", (url) => {
    expect(milanBreaking("wrong-form", vault(url))).toEqual([]);
  });

  test.each(["/.well-known", "/.well-known/openid-configuration"])("of CI's issuer has no %s", (path) => {
    for (const own of [ISSUER, `${ISSUER}/gitlab`]) {
      expect(milanBreaking("wrong-form", issuer(`${own}${path}`))).toEqual([
        expect.stringContaining(`repair: write ${own} (`),
      ]);
    }
  });

  const HOSTS = ["v.example:0", "v.example:65536", "v.example:99999", "v..example", "-v.example", "v.-x.example"];
  const NUMBERS = ["1.2.3", "0x7f.1", "1.2.3.4.5", "256.1.1.1", "010.1.1.1", "v.example.0x1"];
  test.each([...HOSTS, ...NUMBERS, `${"a".repeat(64)}.example`])(
    "has a host and a port that there can be: %s",
    (server) => {
      const found = [
        vault(`https://${server}`),
        issuer(`https://${server}`),
        { "platform.state.address": `https://${server}/api/v4/projects/611/terraform/state` },
        { "secrets.directory.url": `ldaps://${server}` },
      ].map((edit) => milanBreaking("wrong-form", edit).length);
      expect(found).toEqual([1, 1, 1, 1]);
    },
  );

  test.each(["1.2.3", "v..example", "0x7f.1"])("of vCenter and of the state is held to the same: %s", (host) => {
    expect(milanBreaking("wrong-form", { "platform.vsphere.server": host })).toHaveLength(1);
    expect(hostAndPort.safeParse(`${host}:8501`).success).toBe(false);
    expect(hostAndPort.safeParse("consul.example:65536").success).toBe(false);
  });

  test.each([
    "v.example:65535",
    "10.21.100.30",
    "[fd21:6110:100::30]:8200",
    "V.example",
    "vault:8200",
    "1v.2e.example1",
  ])("may be %s", (server) => {
    expect(milanWith(issuer(`https://${server}`))).toEqual([]);
  });

  test.each([
    "https://vault.example/'a",
    'https://vault.example/\\"a',
    "https://vault.example/a;b",
    "https://v.example:99999",
  ])("is a URL of plain characters: %s", (url) => {
    const edit: Edit = { "secrets.ci.issuer": url };
    expect(milanBreaking("wrong-form", edit)).toHaveLength(1);
  });
});

describe("what CI's claims are held to", () => {
  const branch = (name: string): Edit => ({ "secrets.ci.branch": name });
  const repository = (path: string): Edit => ({ "secrets.ci.repository": path });

  test.each([
    "refs/heads/main",
    "REFS/heads/main",
    "heads/main",
    "origin/main",
    "refs/remotes/origin/main",
    "refs/heads/refs/main",
  ])("is the name of a branch, without refs/heads/: %s", (name) => {
    expect(milanBreaking("wrong-form", branch(name))).toEqual([
      expect.stringContaining("repair: write the name alone: main"),
    ]);
  });

  const NONE = ["main.lock", "a..b", "-main", "HEAD", "a.lock/b", "a/.b", ".a", "a.", "a/", "/a", "a//b", "a@{b"];
  const CHARACTERS = ["a b", "a~b", "a^b", "a:b", "a?b", "a*b", "a[b", "a\\b"];
  const NAMES = ["main", "feature/è", "fix#12", "a+b", "head", "a/HEAD", "a-", "a/-b", "@", "a@b", "x.locked", "refs"];
  test.each([...NONE, ...CHARACTERS, ...NAMES])("is a branch where git says so: %s", (name) => {
    const { status } = spawnSync("git", ["check-ref-format", "--branch", name], { cwd: tmpdir() });
    const refused = milanBreaking("wrong-form", branch(name));
    expect(refused).toHaveLength(status === 0 ? 0 : 1);
    expect(refused.join()).toMatch(status === 0 ? /^$/ : /allowed: a branch's name as git has it: without a blank and/);
    expect(status === 0).toBe(NAMES.includes(name));
  });

  test.each(["postazioni.git", "postazioni.GIT"])("is the path of a repository, without .git: %s", (name) => {
    expect(milanBreaking("wrong-form", repository(`sistemi-informativi/${name}`))).toEqual([
      expect.stringContaining("repair: take .git at its end out"),
    ]);
  });

  test.each(["../b", "a/..", "a/../b", "./b", "a/."])("is no way from a repository to another: %s", (path) => {
    expect(milanBreaking("wrong-form", repository(path))).toEqual([expect.stringContaining("without . and .. in it")]);
  });

  test("may be a repository whose name begins with a dot", () => {
    expect(milanWith(repository("sistemi-informativi/.github"))).toEqual([]);
  });
});

describe("a name of the directory", () => {
  const userDn = "secrets.directory.userDn";

  test.each([
    "OU=Attività Produttive,DC=comune,DC=milano,DC=example",
    "OU=Polizia locale & protezione civile,DC=x",
    "OU=Area dell'Anagrafe,DC=x",
    String.raw`OU=Uffici\, Anagrafe,DC=x`,
    String.raw`OU=Citt\C3\A0,DC=x`,
    "OU=a=b,DC=x",
  ])("may be %s", (dn) => {
    expect(milanWith({ [userDn]: dn })).toEqual([]);
  });

  test.each(["OU=a,", "OU=a;b", 'OU="a"', "OU= a", String.raw`OU=a\0Ab`, "OU=a*", "OU=#a", "OU", String.raw`OU=a\x`])(
    "is none in %s",
    (dn) => {
      expect(milanBreaking("wrong-form", { [userDn]: dn })).not.toEqual([]);
    },
  );

  test("may be a group with accents, apostrophes, & and a comma, and one of vCenter without a comma", () => {
    expect(
      milanWith({ "secrets.people.teams.desktop-team.group": "Attività dell'Ufficio & Sport, Milano (VDI)" }),
    ).toEqual([]);
    expect(milanWith({ "support.roles.help-desk.group": "MILANO\\Attività & più" })).toEqual([]);
    expect(milanBreaking("wrong-form", { "support.roles.help-desk.group": "MILANO\\a,b" })).not.toEqual([]);
    expect(milanBreaking("wrong-form", { "secrets.people.teams.desktop-team.group": "../x" })).not.toEqual([]);
  });
});
