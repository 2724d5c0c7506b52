import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { Language, Parser } from "web-tree-sitter";
import { Interpreter } from "./powershell/interpreter";
import type { Arguments, Machine } from "./powershell/machine";
import { asText, Thrown } from "./powershell/values";
import { windows } from "./powershell/windows";
import type { Watched } from "./powershell/windows";
import { putProgram, putVmwareTools } from "./programs";

const BOOT = join(__dirname, "../../boot");

/** A seat on which the minute's program runs; accounts as each system's directory names them are made from staff numbers. */
interface Case {
  readonly name: string;
  /** What guestinfo says. @default - nothing */
  readonly holder?: string;
  /** Who is in the group. */
  readonly before: readonly string[];
  /** Whom the directory knows. @default - whom guestinfo names */
  readonly known?: readonly string[];
  readonly after: readonly string[];
  readonly code: number;
}

const CASES: readonly Case[] = [
  { name: "lets its holder in", holder: "PO900001", before: [], after: ["PO900001"], code: 0 },
  { name: "changes nothing where he is in", holder: "PO900001", before: ["PO900001"], after: ["PO900001"], code: 0 },
  {
    name: "takes everybody else out, as the former holder and who was put in by hand",
    ...{ holder: "PO900001", before: ["PO900002", "PO900001", "anna"], after: ["PO900001"], code: 0 },
  },
  { name: "lets nobody in once the assignment ends", holder: "nobody", before: ["PO900002"], after: [], code: 0 },
  { name: "leaves a group alone of which nothing is said", before: ["vdi-tributi"], after: ["vdi-tributi"], code: 0 },
  { name: "takes no other text for a login", holder: "a,b", before: ["anna"], after: ["anna"], code: 1 },
  {
    name: "keeps its holder while the directory does not answer, and nobody else",
    ...{ holder: "PO900001", before: ["PO900001", "PO900002"], known: [], after: ["PO900001"], code: 0 },
  },
  {
    name: "lets nobody in where the directory knows nobody of that login, and says so",
    ...{ holder: "PO900001", before: ["PO900002"], known: [], after: [], code: 1 },
  },
];

/** What became of the group, and the exit code. */
type Outcome = readonly [group: readonly string[], code: number];

/** The group as `getent` and `gpasswd` keep it; the directory knows people in lower case, in whatever case they are asked for. */
const GETENT = `case "$1" in
  group) [ -e "$FOLDER/group" ] && printf 'tsusers:x:100:%s\\n' "$(cat "$FOLDER/group")" ;;
  passwd) login=$(printf %s "$2" | tr A-Z a-z); case " $KNOWN " in *" $login "*) echo "$login:x:1:1::/:/bin/sh" ;; *) exit 2 ;; esac ;;
esac`;

function onLinux({ holder = "", before, known = [holder] }: Case, made = true): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "seat-holder-"));
  try {
    const group = join(folder, "group");
    if (made) writeFileSync(group, before.map((each) => each.toLowerCase()).join(","));
    putVmwareTools(folder, { holder });
    putProgram(folder, "getent", GETENT);
    putProgram(folder, "gpasswd", 'echo changed >>"$FOLDER/changed"; printf %s "$2" >"$FOLDER/group"');
    putProgram(folder, "groupadd", ': >"$FOLDER/group"');
    putProgram(folder, "logger", ":");
    const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, KNOWN: known.join(" ").toLowerCase() };
    const { status } = spawnSync("/bin/sh", [join(BOOT, "seat-holder.sh")], { env });
    const members = readFileSync(group, "utf8").split(",").filter(Boolean);
    // As he types his login, and as the directory has it.
    return [[...new Set(members.map((each) => each.replace(/^po/, "PO")))], status ?? -1];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PATH = "WinNT://VDI/";

/** Windows' group by ADSI, and names by the domain. */
function machineOf(members: string[], { holder = "", known = [holder] }: Case): Machine {
  const watched: Watched = {
    ...{ guestinfo: { holder }, written: [], told: [], joins: [], units: [], left: 0, kept: undefined },
  };
  const base = windows(watched, { server: "", clockAhead: 0, member: true, joinFails: false, called: "" });
  const group = {
    Invoke: (verb: unknown, path: unknown) => {
      if (verb === "Members") return [...members];
      if (verb === "Add") members.push(asText(path));
      else members.splice(members.indexOf(asText(path)), 1);
      return undefined;
    },
  };
  const sid = (account: string) => ({ Translate: () => ({ Value: account }) });
  const account = (name: string) => ({
    Translate: () => {
      const login = name.replace("vdi.example\\", "");
      if (known.includes(login)) return sid(`VDI\\${login}`);
      throw new Thrown("IdentityNotMappedException", "Some or all identity references could not be translated.");
    },
  });
  const made: Readonly<Record<string, (given: string) => unknown>> = {
    "Security.Principal.SecurityIdentifier": () => sid("BUILTIN\\Utenti desktop remoto"),
    "Security.Principal.NTAccount": account,
    "DirectoryServices.DirectoryEntry": (path) =>
      path === "WinNT://./Utenti desktop remoto,group" ? group : { Path: path },
  };
  const commands = {
    "Get-CimInstance": () => ({ Domain: "vdi.example" }),
    "Split-Path": ({ named }: Arguments) => asText(named.get("-leaf")).replace(/^.*[\\/]/, ""),
    "New-Object": ({ positional: [type, given] }: Arguments) => made[asText(type)]?.(asText(given)),
  };
  return { ...base, commands: { ...base.commands, ...commands } };
}

let root: NonNullable<ReturnType<Parser["parse"]>>;

beforeAll(async () => {
  await Parser.init();
  const language = await Language.load(
    readFileSync(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")),
  );
  const parsed = new Parser().setLanguage(language).parse(readFileSync(join(BOOT, "seat-holder.ps1"), "utf8"));
  if (parsed === null) throw new Error("it was not parsed");
  root = parsed;
});

async function onWindows(each: Case): Promise<Outcome> {
  const members = each.before.map((login) => `${PATH}${login}`);
  const { code, thrown } = await new Interpreter(machineOf(members, each)).run(root.rootNode, {
    ProgramFiles: "C:\\Program Files",
  });
  expect(thrown).toBeUndefined();
  return [members.map((path) => path.replace(PATH, "")), code];
}

describe.each([
  ["seat-holder.sh", (each: Case) => Promise.resolve(onLinux(each))],
  ["seat-holder.ps1, as far as a test knows PowerShell,", onWindows],
])("%s", (_script, run) => {
  test.each(CASES)("$name", async (each) => {
    expect(await run(each)).toEqual([each.after, each.code]);
  });
});

test("seat-holder.sh makes the group where it is not there: xrdp would let everybody in", () => {
  expect(onLinux({ name: "", holder: "nobody", before: [], after: [], code: 0 }, false)).toEqual([[], 0]);
});
