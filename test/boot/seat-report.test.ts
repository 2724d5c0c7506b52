import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { seatReport } from "../../operations/seat-report";
import { putProgram, putVmwareTools } from "./programs";

const SCRIPT = join(__dirname, "../../boot/seat-report.sh");
const LOGINCTL = `case "$1 $2" in
  list-sessions*) [ "$SESSIONS" != broken ] || exit 1; for id in $SESSIONS; do echo "  $id 1000 anna - -"; done ;;
  "show-session greeter") echo greeter ;;
  "show-session manager") echo manager ;;
  show-session*) echo user ;;
esac`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seat-report-"));
  mkdirSync(join(folder, "systemd"));
  putProgram(folder, "loginctl", LOGINCTL);
  putProgram(folder, "ss", 'echo "$*" >"$FOLDER/asked"; [ "$LISTENS" = no ] || echo LISTEN');
  putProgram(folder, "logger", 'echo "$*" >>"$FOLDER/logged"');
  putProgram(folder, "ps", "printf 'sh\\nxrdp-chansrv\\nxrdp-chansrv\\n'");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a machine with these sessions reports. */
function reported(sessions: string, variables: NodeJS.ProcessEnv = {}, state = "joined") {
  putVmwareTools(folder, { state });
  rmSync(join(folder, "written"), { force: true });
  const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, POSTAZIONI_SYSTEMD: join(folder, "systemd") };
  const used = { POSTAZIONI_USED_FILE: join(folder, "lib/used") };
  const { status } = spawnSync("/bin/sh", [SCRIPT], { env: { ...env, ...used, SESSIONS: sessions, ...variables } });
  const written = join(folder, "written");
  const line = existsSync(written) ? readFileSync(written, "utf8").trim() : "";
  const report = line.replace("info-set guestinfo.postazioni.report ", "");
  return { status, report: seatReport({ "guestinfo.postazioni.report": report }, Date.now() / 1000) };
}

describe("a seat's report", () => {
  test.each([
    ["", 0],
    ["3", 1],
    ["3 c7", 2],
    ["greeter 3 manager", 1],
  ])("counts people's sessions of [%s]: %i", (sessions, number) => {
    expect(reported(sessions)).toMatchObject({ status: 0, report: { sessions: number, healthy: true } });
  });

  test("counts xrdp's sessions where no systemd runs", () => {
    expect(reported("", { POSTAZIONI_SYSTEMD: "/nowhere" }).report).toMatchObject({ sessions: 2 });
  });

  test("says when somebody worked there last, also once nobody does, and after a restart", () => {
    expect(reported("").report).toMatchObject({ used: 0 });
    const { report } = reported("3");
    expect(report?.used).toBe(report?.at);
    expect(reported("").report).toMatchObject({ sessions: 0, used: report?.at });
  });

  test("says nothing where the sessions cannot be listed: nobody is to take that for none", () => {
    expect(reported("broken")).toEqual({ status: 1, report: undefined });
    expect(readFileSync(join(folder, "logged"), "utf8")).toContain("the sessions could not be listed");
  });

  test("is unhealthy before the seat has joined, and where nothing takes remote desktops", () => {
    expect(reported("", {}, "opened").report).toMatchObject({ healthy: false });
    expect(reported("", { LISTENS: "no" }).report).toMatchObject({ healthy: false });
  });

  test("of another form, or from long ago, is none", () => {
    const at = (report: string, now = 1000) => seatReport({ "guestinfo.postazioni.report": report }, now);
    expect(at("2 healthy 999 0")).toEqual({ sessions: 2, healthy: true, at: 999, used: 0 });
    for (const text of ["", "2 healthy", "2 healthy 999", "x healthy 999 0", "2 fine 999 0", "2 healthy 999 0 "])
      expect(at(text)).toBeUndefined();
    expect(at("2 healthy 999 0", 1600)).toBeUndefined();
    expect(at("2 healthy 2000 0", 1000)).toBeUndefined();
  });
});
