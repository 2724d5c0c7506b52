import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Language, Parser } from "web-tree-sitter";
import { CASES } from "./first-login-cases";
import type { Answer, Case, Step } from "./first-login-cases";
import { Interpreter } from "./powershell/interpreter";
import { windows } from "./powershell/windows";
import type { Watched } from "./powershell/windows";
import { putProgram, putVmwareTools } from "./programs";

const BOOT = join(__dirname, "../../boot");
const VAULT = "https://vault.example:8200";
const TOKENS = /opened-id|a-token|wrapping-token/;
const GUESTINFO = {
  ...{ vault: VAULT, city: "milan", pool: "anagrafe", "role-id": "role", expires: "99999999999", state: "" },
  ...{ account: "milan/directory/static-cred/join", domain: "vdi.example", wrapped: "wrapping-token" },
};
const STEPS: readonly (readonly [string, Step, string])[] = [
  ["/v1/sys/wrapping/lookup", "lookup", '{"data":{"creation_path":"auth/milan/approle/role/anagrafe/secret-id"}}'],
  ["/v1/sys/wrapping/unwrap", "unwrap", '{"data":{"secret_id":"opened-id"}}'],
  ["/v1/auth/milan/approle/login", "login", '{"auth":{"client_token":"a-token"}}'],
  ["/v1/milan/directory/static-cred/join", "account", '{"data":{"username":"join","password":"word"}}'],
  ["/v1/auth/token/revoke-self", "revoke", ""],
];

/** What is seen of a run. */
interface Outcome {
  readonly code: number;
  readonly written: readonly string[];
  readonly joins: readonly [string, string] | undefined;
  readonly asked: readonly string[];
  readonly told: string;
}

let server: Server;
let url: string;
let answers: Partial<Record<Step, Answer>>;
let asked: string[];
let root: NonNullable<ReturnType<Parser["parse"]>>;

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await Parser.init();
  const language = await Language.load(
    readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")),
  );
  const parsed = new Parser().setLanguage(language).parse(readFileSync(join(BOOT, "first-login.ps1"), "utf8"));
  if (parsed === null) throw new Error("it was not parsed");
  root = parsed;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const [, step, usual = ""] = STEPS.find(([path]) => path === request.url) ?? [];
  asked.push(step ?? `elsewhere: ${String(request.url)} ${body} ${JSON.stringify(request.headers)}`);
  if (step === undefined) return void response.writeHead(200).end("{}");
  const given = answers[step] ?? {};
  if (asked.filter((each) => each === step).length <= (given.busy ?? 0)) return void response.writeHead(429).end();
  const status = given.status ?? (step === "revoke" ? 204 : 200);
  const whole = given.body ?? usual;
  const headers = given.headers ?? {};
  if (given.cut !== true) return void response.writeHead(status, headers).end(whole);
  response.writeHead(status, { ...headers, "Content-Length": String(whole.length + 100) }).write(whole);
  setTimeout(() => response.destroy(), 20);
}

/** The server's own address instead of the name: the shell is let ask it, since it is the machine itself. */
function guestinfoOf({ guestinfo = {} }: Case, address: string): Record<string, string> {
  const all = { ...GUESTINFO, ...guestinfo };
  return { ...all, vault: all.vault === VAULT ? address : all.vault };
}

async function runShell(each: Case): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "first-login-"));
  try {
    const address = each.noServer === true ? "http://127.0.0.1:9" : url;
    putPrograms(folder, each, address);
    const place = join(folder, "etc/vault");
    if (each.kept !== undefined) {
      mkdirSync(dirname(place));
      writeFileSync(place, each.kept.replace(VAULT, address));
    }
    const env = { PATH: `${folder}:/usr/bin:/bin`, POSTAZIONI_VAULT_FILE: place, POSTAZIONI_WAIT_SECONDS: "0" };
    const child = spawn("/bin/sh", [join(BOOT, "first-login.sh")], { env, stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise<number>((resolve) =>
      child.on("close", (code) => {
        resolve(code ?? 1);
      }),
    );
    const told = await text(child.stderr);
    return { code: await ended, told, asked, written: linesOf(folder, "written"), joins: joinOf(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function putPrograms(folder: string, each: Case, address: string): void {
  putVmwareTools(folder, guestinfoOf(each, address));
  putProgram(folder, "logger", ":");
  putProgram(folder, "sleep", ":");
  const ahead = `exec /bin/date -d '${String(each.clockAhead ?? 0)} seconds' "$@"`;
  putProgram(folder, "date", `case "$*" in *-d\\ now*|+%s) ${ahead} ;; *) exec /bin/date "$@" ;; esac`);
  const joining = `cat >${folder}/password; printf '%s' "$3" >${folder}/domain; exit ${each.joinFails === true ? "1" : "0"}`;
  const listing = each.member === true ? "echo vdi.example; exit 0" : "exit 0";
  putProgram(folder, "realm", `[ "$1" = join ] || { ${listing}; }\n${joining}`);
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

async function runPowerShell(each: Case): Promise<Outcome> {
  const watched: Watched = { guestinfo: guestinfoOf(each, VAULT), written: [], told: [], joins: [], kept: each.kept };
  const { clockAhead = 0, member = false, joinFails = false } = each;
  const address = each.noServer === true ? "http://127.0.0.1:9" : url;
  const machine = windows(watched, { server: address, clockAhead, member, joinFails });
  const { code, thrown } = await new Interpreter(machine).run(root.rootNode, {
    WaitSeconds: 0,
    Restart: false,
    ProgramFiles: "C:\\Program Files",
  });
  expect(thrown).toBeUndefined();
  const [join] = watched.joins;
  const { written } = watched;
  return {
    code,
    written,
    asked,
    told: watched.told.join("\n"),
    joins: join === undefined ? undefined : [join[1] ?? "", join[2] ?? ""],
  };
}

describe.each([
  ["first-login.sh", runShell],
  ["first-login.ps1, as far as a test knows PowerShell,", runPowerShell],
])("%s", (_script, run) => {
  test.each(CASES)("$name", async (each) => {
    answers = each.answers ?? {};
    const { code, written, joins, told, ...seen } = await run(each);
    expect({ code, written, joins, told, asked: seen.asked }).toEqual({
      ...{ code: each.code, written: each.written, joins: each.joins, asked: each.asked },
      told: expect.stringContaining(each.tells),
    });
    expect(told).not.toMatch(TOKENS);
  });
});

test("first-login.ps1 is PowerShell", () => {
  expect(root.rootNode.hasError).toBe(false);
});
