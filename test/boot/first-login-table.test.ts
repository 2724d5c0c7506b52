import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Language, Parser } from "web-tree-sitter";
import { oneOf } from "../fixtures/soak";
import { CASES } from "./first-login-cases";
import type { Case } from "./first-login-cases";
import { ForgedVault } from "./forged-vault";
import { Interpreter } from "./powershell/interpreter";
import { windows } from "./powershell/windows";
import type { Circumstances, Watched } from "./powershell/windows";
import { putProgram, putVmwareTools } from "./programs";

const BOOT = join(__dirname, "../../boot");
const VAULT = "https://vault.example:8200";
const TOKENS = /opened-id|a-token|wrapping-token/;
const GUESTINFO = {
  ...{
    vault: VAULT,
    city: "milan",
    pool: "anagrafe",
    seat: "mi-ana-0001",
    "role-id": "role",
    expires: "99999999999",
    state: "",
  },
  ...{ account: "milan/directory/static-cred/join", domain: "vdi.example", wrapped: "wrapping-token" },
};

/** What is seen of a run. */
interface Outcome {
  readonly code: number;
  readonly written: readonly string[];
  readonly joins: readonly [string, string] | undefined;
  readonly leaves: boolean;
  readonly unit: string | undefined;
  readonly asked: readonly string[];
  readonly told: string;
}

let forged: ForgedVault;
let root: NonNullable<ReturnType<Parser["parse"]>>;

beforeAll(async () => {
  forged = await ForgedVault.start();
  await Parser.init();
  const language = await Language.load(
    readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")),
  );
  const parsed = new Parser().setLanguage(language).parse(readFileSync(join(BOOT, "first-login.ps1"), "utf8"));
  if (parsed === null) throw new Error("it was not parsed");
  root = parsed;
});

afterAll(() => {
  forged.stop();
});

beforeEach(() => {
  forged.answers = {};
  forged.namespace = undefined;
  forged.asked = [];
});

/** The server's own address instead of the name. */
function guestinfoOf(each: Case, address: string): Record<string, string> {
  const all = { ...GUESTINFO, ...each.guestinfo };
  const vault = each.namespace === undefined ? address : `${address}/v1/${each.namespace}`;
  return { ...all, vault: all.vault === VAULT ? vault : all.vault };
}

/** @param variables more of the environment; by default the certificate of Vault is believed */
async function runShell(each: Case, variables: NodeJS.ProcessEnv = believing()): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "first-login-"));
  try {
    const address = each.noServer === true ? "https://127.0.0.1:9" : forged.address("https");
    putPrograms(folder, each, address);
    const place = join(folder, "etc/vault");
    if (each.kept !== undefined) {
      mkdirSync(dirname(place));
      writeFileSync(place, each.kept.replace(VAULT, address));
    }
    if (each.opened !== undefined) {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(join(dirname(place), "opened"), `${each.opened}\n`);
    }
    const env = { PATH: `${folder}:/usr/bin:/bin`, POSTAZIONI_VAULT_FILE: place, POSTAZIONI_WAIT_SECONDS: "0" };
    const all = { ...env, ...variables };
    const child = spawn("/bin/sh", [join(BOOT, "first-login.sh")], { env: all, stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise<number>((resolve) =>
      child.on("close", (code) => {
        resolve(code ?? 1);
      }),
    );
    const told = await text(child.stderr);
    const code = await ended;
    const leaves = linesOf(folder, "left").length > 0;
    return {
      code,
      told,
      asked: forged.asked,
      written: linesOf(folder, "written"),
      joins: joinOf(folder),
      leaves,
      unit: linesOf(folder, "unit")[0],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The environment of a machine that believes the certificate of Vault. */
function believing(): NodeJS.ProcessEnv {
  return { SSL_CERT_FILE: forged.certificateFile };
}

function putPrograms(folder: string, each: Case, address: string): void {
  putVmwareTools(folder, guestinfoOf(each, address));
  putProgram(folder, "curl", '[ -z "$TOLD" ] || echo "curl $*" >&2\nexec /usr/bin/curl "$@"');
  putProgram(folder, "logger", ":");
  putProgram(folder, "sleep", ":");
  // Whoever names no date, or now, is told the time of this machine's wrong clock.
  const ahead = `exec /bin/date -u -d '${String(each.clockAhead ?? 0)} seconds' +%s`;
  putProgram(folder, "date", `case "$*" in *-d\\ now*) ${ahead} ;; *-d*) exec /bin/date "$@" ;; *) ${ahead} ;; esac`);
  const unit = `case "$3" in --computer-ou=*) printf '%s' "\${3#--computer-ou=}" >${folder}/unit; shift ;; esac`;
  const joining = `cat >${folder}/password; ${unit}; printf '%s' "$3" >${folder}/domain; exit ${each.joinFails === true ? "1" : "0"}`;
  const listing = each.member === true ? "echo vdi.example; exit 0" : "exit 0";
  const leaving = `[ "$1" != leave ] || { echo left >${folder}/left; exit 0; }`;
  putProgram(folder, "realm", `${leaving}\n[ "$1" = join ] || { ${listing}; }\n${joining}`);
  const called = each.called ?? "mi-ana-0001.vdi.example";
  putProgram(folder, "uname", `[ -e ${folder}/password ] && echo ${each.renamed ?? called} || echo ${called}`);
}

function linesOf(folder: string, name: string): string[] {
  try {
    return readFileSync(join(folder, name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace("info-set guestinfo.postazioni.", "").trim());
  } catch {
    return [];
  }
}

function joinOf(folder: string): readonly [string, string] | undefined {
  try {
    return [readFileSync(join(folder, "password"), "utf8").slice(0, -1), readFileSync(join(folder, "domain"), "utf8")];
  } catch {
    return undefined;
  }
}

async function runPowerShell(each: Case, key?: Circumstances["key"]): Promise<Outcome> {
  const watched: Watched = {
    guestinfo: guestinfoOf(each, VAULT),
    written: [],
    told: [],
    joins: [],
    units: [],
    left: 0,
    kept: each.kept,
    opened: each.opened,
  };
  const { clockAhead = 0, member = false, joinFails = false } = each;
  const address = each.noServer === true ? "http://127.0.0.1:9" : forged.address("http");
  const name = { called: each.called ?? "MI-ANA-0001", renamed: each.renamed, setup: each.setup };
  const machine = windows(watched, { server: address, clockAhead, member, joinFails, key, ...name });
  const { code, thrown } = await new Interpreter(machine).run(root.rootNode, {
    WaitSeconds: 0,
    Restart: false,
    ProgramFiles: "C:\\Program Files",
    COMPUTERNAME: name.called,
  });
  expect(thrown).toBeUndefined();
  const [join] = watched.joins;
  const { written } = watched;
  return {
    code,
    written,
    asked: forged.asked,
    told: watched.told.join("\n"),
    joins: join === undefined ? undefined : [join[1] ?? "", join[2] ?? ""],
    leaves: watched.left > 0,
    unit: watched.units[0],
  };
}

describe.each([
  ["first-login.sh", runShell],
  ["first-login.ps1, as far as a test knows PowerShell,", runPowerShell],
])("%s", (_script, run) => {
  test.each(oneOf(3, CASES))("$name", async (each) => {
    forged.answers = each.answers ?? {};
    forged.namespace = each.namespace;
    const { code, written, joins, told, leaves, unit, ...seen } = await run(each);
    expect({ code, written, joins, told, leaves, unit, asked: seen.asked }).toEqual({
      unit: each.unit,
      ...{ code: each.code, written: each.written, joins: each.joins, asked: each.asked, leaves: each.leaves ?? false },
      told: expect.stringContaining(each.tells),
    });
    expect(told).not.toMatch(TOKENS);
  });
});

describe("first-login.sh, which asks by curl,", () => {
  const refused = { joins: undefined, written: ["state failed"], asked: [] };
  const [good] = CASES;
  if (good === undefined) throw new Error("there are no cases");

  test("asks nothing of a server whose certificate it does not believe", async () => {
    expect(await runShell(good, {})).toMatchObject({ ...refused, code: 1 });
  });

  test("speaks http to the machine itself alone, and only where root's environment says so, as the lab's does", async () => {
    const http = { ...good, guestinfo: { vault: forged.address("http") } };
    const laboratory = { POSTAZIONI_VAULT_PROTOCOL: "http" };
    expect(await runShell(http)).toMatchObject({ ...refused, code: 1 });
    expect(await runShell(http, laboratory)).toMatchObject({ code: 0, asked: good.asked });
    forged.asked = [];
    for (const vault of ["http://vault.example:8200", forged.address("https")]) {
      expect(await runShell({ ...good, guestinfo: { vault } }, { ...believing(), ...laboratory })).toMatchObject(
        refused,
      );
    }
  });

  test("lets curl speak https alone, redirects included", async () => {
    const { told } = await runShell(good, { ...believing(), TOLD: "arguments" });
    const calls = told.split("\n").filter((line) => line.startsWith("curl "));
    expect(calls).toHaveLength(good.asked.length);
    for (const call of calls) expect(call).toMatch(/^curl --disable --proto =https --proto-redir =https /);
  });
});

describe("first-login.ps1, which waits for Windows Setup,", () => {
  const [good] = CASES;
  if (good === undefined) throw new Error("there are no cases");

  test.each(["IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE", "IMAGE_STATE_UNDEPLOYABLE", ""])(
    "opens nothing in the state %j",
    async (setup) => {
      expect(await runPowerShell({ ...good, setup })).toMatchObject({
        ...{ code: 1, joins: undefined, asked: [], written: ["state failed"] },
        told: expect.stringContaining(`Windows Setup is not over (${setup}), and opens nothing`),
      });
    },
  );
});

describe("first-login.ps1, which keeps its Vault and city in the registry,", () => {
  const [good] = CASES;
  if (good === undefined) throw new Error("there are no cases");

  test.each(["empty", "of others"] as const)("joins where its key is there, but %s", async (key) => {
    expect(await runPowerShell(good, key)).toMatchObject({ code: 0, joins: good.joins });
  });

  test.each([
    ["unreadable", [], ["state failed"], "could not be read"],
    ["unwritable", good.asked, ["state opened", "wrapped", "state failed"], "could not be written"],
  ] as const)("fails where its key is %s, and does not join", async (key, asked, written, tells) => {
    const outcome = await runPowerShell(good, key);
    const told = expect.stringContaining(`HKLM:\\SOFTWARE\\Postazioni ${tells}`);
    expect(outcome).toEqual({ ...{ code: 1, joins: undefined, leaves: false, unit: undefined, asked, written }, told });
  });
});

test("first-login.ps1 is PowerShell", () => {
  expect(root.rootNode.hasError).toBe(false);
});
