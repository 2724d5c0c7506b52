import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { seatReport } from "../../operations/seat-report";
import { putProgram, putVmwareTools } from "./programs";

const SCRIPT = join(__dirname, "../../boot/seat-report.sh");
const LOGINCTL = `case "$1 $2" in
  list-sessions*) [ "$SESSIONS" != broken ] || exit 1; for id in $SESSIONS; do echo "  $id 1000 anna - -"; done ;;
  "show-session"*) case "$3" in --property=Display) echo :10; exit ;; --property=Name) echo anna; exit ;; esac ;;
esac
case "$1 $2" in
  "show-session greeter") printf 'State=online\\nClass=greeter\\n' ;;
  "show-session manager") printf 'State=active\\nClass=manager\\n' ;;
  "show-session left") printf 'State=closing\\nClass=user\\n' ;;
  show-session*) printf 'State=active\\nClass=user\\n' ;;
esac`;

/** The table is there or not; what is loaded is kept. */
const NFT = `case "$1" in
  list) [ -e "$FOLDER/closed" ] ;;
  -f) cat >"$FOLDER/closed" ;;
  delete) rm "$FOLDER/closed" ;;
esac`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seat-report-"));
  mkdirSync(join(folder, "systemd"));
  putProgram(folder, "loginctl", LOGINCTL);
  putProgram(folder, "ss", 'echo "$*" >"$FOLDER/asked"; [ "$LISTENS" = no ] || echo LISTEN');
  putProgram(folder, "logger", 'echo "$*" >>"$FOLDER/logged"');
  putProgram(folder, "nft", NFT);
  putProgram(folder, "ps", "printf 'sh\\nxrdp-chansrv\\nxrdp-chansrv\\n'");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a machine with these sessions reports. */
function reported(
  sessions: string,
  variables: NodeJS.ProcessEnv = {},
  state = "joined",
  more: Record<string, string> = {},
) {
  putVmwareTools(folder, { state, ...more });
  rmSync(join(folder, "written"), { force: true });
  const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder, POSTAZIONI_SYSTEMD: join(folder, "systemd") };
  const used = { POSTAZIONI_USED_FILE: join(folder, "lib/used") };
  const { status } = spawnSync("/bin/sh", [SCRIPT], { env: { ...env, ...used, SESSIONS: sessions, ...variables } });
  const written = join(folder, "written");
  const line = existsSync(written) ? readFileSync(written, "utf8").trim() : "";
  const report = line.replace("info-set guestinfo.postazioni.report ", "");
  return { status, report: seatReport({ "guestinfo.postazioni.report": report }, Date.now() / 1000) };
}

describe("a seat of a pool with refresh", () => {
  /** The same, where whoever left it has this long to come back. */
  const left = (sessions: string, minutes: string) =>
    reported(sessions, SSSD(), "joined", { "return-minutes": minutes, refresh: "0 1" });
  const SSSD = () => ({ POSTAZIONI_SSSD: join(folder, "sssd") });
  const isClosed = () => existsSync(join(folder, "closed"));

  test("closes once its person left it for longer than his place is kept, and not before", () => {
    left("3", "30");
    expect(left("", "30").report).toMatchObject({ closed: false, healthy: true });
    expect(isClosed()).toBe(false);
    expect(left("", "0").report).toMatchObject({ closed: true, sessions: 0 });
    expect(readFileSync(join(folder, "closed"), "utf8")).toContain("tcp dport 3389 reject with tcp reset");
    expect(left("", "0").report).toMatchObject({ closed: true });
  });

  test("opens again where somebody was quicker, or the file has no refresh any more", () => {
    left("3", "30");
    left("", "0");
    expect(left("3", "0").report).toMatchObject({ sessions: 1, closed: false });
    expect(isClosed()).toBe(false);
    left("", "0");
    expect(left("", "").report).toMatchObject({ closed: false });
    expect(isClosed()).toBe(false);
  });

  test("stays open where nobody was, whatever its guestinfo says", () => {
    expect(left("", "0").report).toMatchObject({ closed: false, used: 0 });
    left("3", "0");
    expect(left("", "1; reboot").report).toMatchObject({ closed: false });
  });

  test("stays open where it cannot be made as new, as it has no snapshot yet", () => {
    left("3", "0");
    expect(reported("", {}, "joined", { "return-minutes": "0" }).report).toMatchObject({ closed: false });
  });

  test("closes while refresh is about to shut it down, and opens once that is over or was given up", () => {
    const claimed = (refreshing: string) => reported("", {}, "joined", { refreshing }).report;
    const soon = String(Math.floor(Date.now() / 1000) + 600);
    expect(claimed(soon)).toMatchObject({ closed: true, used: 0 });
    expect(claimed("1")).toMatchObject({ closed: false });
    expect(isClosed()).toBe(false);
    for (const nothing of ["", "0", "soon", `${soon}; reboot`])
      expect(claimed(nothing)).toMatchObject({ closed: false });
    expect(reported("3", {}, "joined", { refreshing: soon }).report).toMatchObject({ sessions: 1, closed: false });
  });

  test("opens again for whoever came while it closed", () => {
    putProgram(folder, "nft", NFT.replace('cat >"$FOLDER/closed"', 'cat >"$FOLDER/closed"; touch "$FOLDER/came"'));
    putProgram(folder, "loginctl", LOGINCTL.replace("in $SESSIONS", 'in $([ ! -e "$FOLDER/came" ] || echo 3)'));
    const refreshing = String(Math.floor(Date.now() / 1000) + 600);
    const { report } = reported("", {}, "joined", { refreshing });
    expect(report).toMatchObject({ sessions: 1, closed: false });
    expect(report?.used).toBeGreaterThan(0);
    expect(isClosed()).toBe(false);
  });

  test("takes a claim of longer than an hour for a mistake, whoever made it", () => {
    for (const refreshing of [String(Math.floor(Date.now() / 1000) + 4200), "9".repeat(11), "9".repeat(30)])
      expect(reported("", {}, "joined", { refreshing }).report).toMatchObject({ closed: false });
  });

  test("was used where it cannot be read when, or that is yet to come, as the clock was ahead", () => {
    const used = join(folder, "lib/used");
    for (const text of ["", "soon", "9".repeat(30), String(Math.floor(Date.now() / 1000) + 86_400)]) {
      mkdirSync(join(folder, "lib"), { recursive: true });
      writeFileSync(used, `${text}\n`);
      expect(Date.now() / 1000 - (left("", "30").report?.used ?? 0)).toBeLessThan(600);
    }
    expect(left("", "0").report).toMatchObject({ closed: true });
  });

  test("says nothing where it cannot be kept that somebody was here, as on a full disk", () => {
    putProgram(folder, "sync", "exit 1");
    expect(left("3", "30")).toEqual({ status: 1, report: undefined });
    expect(existsSync(join(folder, "lib/used"))).toBe(false);
  });

  test("keeps the password of its account in the domain, which a revert would lose, from the first time on", () => {
    mkdirSync(join(folder, "sssd"));
    writeFileSync(
      join(folder, "sssd/sssd.conf"),
      "[sssd]\ndomains = milano.example\n\n[domain/milano.example]\nid_provider = ad\n",
    );
    putProgram(folder, "systemctl", 'echo "$*" >>"$FOLDER/restarted"');
    const kept = join(folder, "sssd/conf.d/60-postazioni.conf");
    reported("", SSSD());
    expect(existsSync(kept)).toBe(false);
    left("", "30");
    left("", "30");
    expect(readFileSync(kept, "utf8")).toBe("[domain/milano.example]\nad_maximum_machine_account_password_age = 0\n");
    // sssd reads no snippet that others may read.
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, "restarted"), "utf8")).toBe("try-restart sssd\n");
  });

  test("says nothing where it cannot be closed: nobody is to take it for as new", () => {
    putProgram(folder, "nft", "exit 1");
    left("3", "30");
    expect(left("", "0")).toEqual({ status: 1, report: undefined });
    expect(readFileSync(join(folder, "logged"), "utf8")).toContain("it could not be closed");
  });
});

describe("a seat's report", () => {
  test.each([
    ["", 0],
    ["3", 1],
    ["3 c7", 2],
    ["greeter 3 manager", 1],
    ["3 left", 1],
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

  describe("a notice", () => {
    const notice = (number: number, text: string) => `${String(number)} ${Buffer.from(text).toString("base64")}`;
    /** What people with these sessions are shown: on terminals, and in desktops. */
    function shown(value: string, sessions = "3"): { wall: string; desktops: string } {
      for (const file of ["wall", "desktops"]) rmSync(join(folder, `${file}.txt`), { force: true });
      putProgram(folder, "wall", 'cat >"$FOLDER/wall.txt"');
      putProgram(folder, "id", "echo 1000");
      putProgram(folder, "getent", "echo anna:x:1000:1000::/home/anna:/bin/sh");
      putProgram(folder, "runuser", 'echo "$@" >>"$FOLDER/desktops.txt"');
      const variables = { POSTAZIONI_SHOWN_FILE: join(folder, "lib/notice") };
      reported(sessions, variables, "joined", { notice: value });
      const read = (file: string): string => {
        const path = join(folder, `${file}.txt`);
        return existsSync(path) ? readFileSync(path, "utf8") : "";
      };
      return { wall: read("wall"), desktops: read("desktops") };
    }

    test("is shown once to people at work, on terminals and in their desktops", () => {
      const said = "Si disconnetta entro le 22:30, è l'ora.\n$(touch /tmp/x) `id`";
      const { wall, desktops } = shown(notice(1, said));
      expect(wall).toBe(`${said}\n`);
      expect(desktops).toBe(
        "-u anna -- env DISPLAY=:10 XAUTHORITY=/home/anna/.Xauthority DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus " +
          `notify-send --urgency=critical --app-name=Postazioni Postazioni ${said}\n`,
      );
      expect(shown(notice(1, said)).wall).toBe("");
      expect(shown(notice(2, said)).wall).toBe(`${said}\n`);
    });

    test("is shown in a desktop of xrdp's, whose user has a long login", () => {
      // procps cuts names that are longer than their column (4.0.2).
      const xorg = "/usr/lib/xorg/Xorg :12 -auth .Xauthority";
      const lines = `*user:*) echo 'anna.de-benedictis ${xorg}' ;; *user=*) echo 'anna.de+ ${xorg}' ;;`;
      putProgram(folder, "ps", `case "$*" in ${lines} *) echo xrdp-chansrv ;; esac`);
      expect(shown(notice(1, "Si disconnetta")).desktops).toContain("-u anna.de-benedictis -- env DISPLAY=:12 ");
    });

    test("is shown to nobody where it is taken back, is none, or nobody is there", () => {
      expect(shown("").wall).toBe("");
      expect(shown("1 ???").wall).toBe("");
      expect(shown(notice(3, "Si disconnetta"), "")).toEqual({ wall: "", desktops: "" });
    });
  });

  test("of another form, or from long ago, is none", () => {
    const at = (report: string, now = 1000) => seatReport({ "guestinfo.postazioni.report": report }, now);
    expect(at("2 healthy 999 0")).toEqual({ sessions: 2, healthy: true, closed: false, at: 999, used: 0 });
    expect(at("0 closed 999 9")).toEqual({ sessions: 0, healthy: true, closed: true, at: 999, used: 9 });
    for (const text of ["", "2 healthy", "2 healthy 999", "x healthy 999 0", "2 fine 999 0", "2 healthy 999 0 "])
      expect(at(text)).toBeUndefined();
    expect(at("2 healthy 999 0", 1600)).toBeUndefined();
    expect(at("2 healthy 2000 0", 1000)).toBeUndefined();
  });
});
