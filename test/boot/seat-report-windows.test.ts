import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { Language, Parser } from "web-tree-sitter";
import { seatReport } from "../../operations/seat-report";
import { Interpreter } from "./powershell/interpreter";
import type { Arguments, Machine } from "./powershell/machine";
import { asText, PsObject } from "./powershell/values";
import { windows } from "./powershell/windows";
import type { Watched } from "./powershell/windows";

/** seat-report.ps1, as far as a test knows PowerShell: no PowerShell runs here. */
const SCRIPT = join(__dirname, "../../boot/seat-report.ps1");

let root: NonNullable<ReturnType<Parser["parse"]>>;

beforeAll(async () => {
  await Parser.init();
  const language = await Language.load(
    readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")),
  );
  const parsed = new Parser().setLanguage(language).parse(readFileSync(SCRIPT, "utf8"));
  if (parsed === null) throw new Error("it was not parsed");
  root = parsed;
});

/** A Windows seat over several minutes: its registry and its firewall stay. */
class Seat {
  public sessions = 0;
  public isAnswered = true;
  public policyMerges = true;
  public clockAhead = 0;
  public readonly notices: string[] = [];
  /** Values of the seat's key; undefined where there is no key. */
  public kept: Map<string, string> | undefined;
  private rule = false;
  private readonly watched: Watched = {
    ...{ guestinfo: {}, written: [], told: [], joins: [], units: [], left: 0, kept: undefined },
  };

  public constructor(private readonly guestinfo: Record<string, string> = {}) {}

  /** @returns what it reports; undefined where it says nothing, or nothing that is understood */
  public async minute(more: Record<string, string> = {}): Promise<ReturnType<typeof seatReport>> {
    this.watched.written.length = 0;
    for (const key of Object.keys(this.watched.guestinfo)) this.watched.guestinfo[key] = "";
    Object.assign(this.watched.guestinfo, { state: "joined" }, this.guestinfo, more);
    const { thrown } = await new Interpreter(this.machine()).run(root.rootNode, { ProgramFiles: "C:\\Program Files" });
    if (thrown !== undefined) throw new Error("the script threw", { cause: thrown });
    const line = this.watched.written.find((one) => one.startsWith("report ")) ?? "";
    return seatReport({ "guestinfo.postazioni.report": line.replace("report ", "") }, Date.now() / 1000);
  }

  private machine(): Machine {
    const circumstances = { server: "", member: true, joinFails: false, called: "" };
    const base = windows(this.watched, { ...circumstances, clockAhead: this.clockAhead });
    const rules = (): unknown[] => (this.rule ? [new PsObject({ Name: "Postazioni-Closed" })] : []);
    const commands = {
      "Get-Command": () => new PsObject({}),
      "Get-Process": () => (this.sessions > 0 ? [new PsObject({})] : []),
      "Get-NetTCPConnection": () => [new PsObject({})],
      "Get-NetFirewallRule": ({ named }: Arguments) => (named.has("-policystore") && !this.policyMerges ? [] : rules()),
      "New-NetFirewallRule": () => void (this.rule = true),
      "Remove-NetFirewallRule": () => void (this.rule = false),
      "Out-Null": () => undefined,
      "Test-Path": () => this.kept !== undefined,
      "Get-ItemProperty": () => this.kept && new PsObject(Object.fromEntries(this.kept)),
      // What is there is made anew: PowerShell's provider of the registry removes it first.
      "New-Item": () => void (this.kept = new Map()),
      "Set-ItemProperty": ({ positional: [, name, value], named }: Arguments) => {
        if (named.size === 0) this.kept?.set(asText(name), asText(value));
      },
    };
    const program: Machine["program"] = (path, args) => {
      if (path === "quser.exe") return this.quser();
      if (path !== "msg.exe") return base.program(path, args);
      this.notices.push(args.at(-1) ?? "");
      return { output: "", code: 0 };
    };
    const text = {
      "Convert::FromBase64String": (base64: unknown) => Buffer.from(asText(base64), "base64"),
      "Text.Encoding::UTF8": { GetString: (bytes: unknown) => (bytes as Buffer).toString("utf8") },
    };
    const statics = { ...base.statics, ...text };
    return { commands: { ...base.commands, ...commands }, statics, program };
  }

  private quser(): { output: string; code: number } {
    const lines =
      this.isAnswered && this.sessions > 0 ? [" USERNAME", ...Array<string>(this.sessions).fill(" anna")] : [];
    return { output: lines.join("\n"), code: lines.length > 0 ? 0 : 1 };
  }
}

const now = (): number => Math.floor(Date.now() / 1000);

test("one that nobody ever used says so", async () => {
  expect(await new Seat().minute()).toMatchObject({ sessions: 0, healthy: true, closed: false, used: 0 });
});

test("what it keeps of its use outlives the sessions, and every notice", async () => {
  const seat = new Seat();
  seat.sessions = 1;
  const notice = `1 ${Buffer.from("Si disconnetta").toString("base64")}`;
  for (let minute = 0; minute < 3; minute += 1)
    expect(await seat.minute({ notice })).toMatchObject({ sessions: 1, closed: false });
  expect(seat.notices).toEqual(["Si disconnetta"]);
  seat.sessions = 0;
  const { used = 0 } = (await seat.minute()) ?? {};
  expect(now() - used).toBeLessThan(600);
});

test("closes once its person left it for longer than his place is kept, and while refresh is about to shut it down", async () => {
  const seat = new Seat({ "return-minutes": "0", refresh: "0 1" });
  expect(await seat.minute()).toMatchObject({ closed: false });
  expect(await seat.minute({ refreshing: String(now() + 600) })).toMatchObject({ closed: true, used: 0 });
  for (const refreshing of ["1", "soon", String(now() + 4200)])
    expect(await seat.minute({ refreshing })).toMatchObject({ closed: false });
  seat.sessions = 1;
  expect(await seat.minute({ refreshing: String(now() + 600) })).toMatchObject({ sessions: 1, closed: false });
  seat.sessions = 0;
  expect(await seat.minute()).toMatchObject({ closed: true });
});

test("says nothing where its own rules do not count, or Windows does not say who is there", async () => {
  const seat = new Seat({ "return-minutes": "0", refresh: "0 1" });
  seat.sessions = 1;
  await seat.minute();
  seat.isAnswered = false;
  expect(await seat.minute()).toBeUndefined();
  seat.isAnswered = true;
  seat.sessions = 0;
  seat.policyMerges = false;
  expect(await seat.minute()).toBeUndefined();
});

test("a time that is yet to come, as its clock was ahead, is one at which it was used", async () => {
  const seat = new Seat({ "return-minutes": "0", refresh: "0 1" });
  seat.kept = new Map([["Used", String(now() + 86_400)]]);
  const { used = 0 } = (await seat.minute()) ?? {};
  expect(now() - used).toBeLessThan(600);
});
