import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { putProgram, putVmwareTools } from "../boot/programs";

const SEAT_REPORT = join(__dirname, "../../boot/seat-report.sh");
const folder = mkdtempSync(join(tmpdir(), "closed-seat-"));

/** Something that takes remote desktops, and who tries: `open`, `refused`, or `cut` of a connection that is there. */
const PEOPLE = `
import socket, subprocess, sys
server = socket.create_server(("127.0.0.1", 3389))
def reports(sessions):
    env = {"PATH": sys.argv[2] + ":/usr/sbin:/usr/bin:/sbin:/bin", "SESSIONS": sessions,
           "POSTAZIONI_SYSTEMD": "/nowhere", "POSTAZIONI_USED_FILE": sys.argv[2] + "/used"}
    subprocess.run(["/bin/sh", sys.argv[1]], env=env, check=True)
def tries():
    try:
        socket.create_connection(("127.0.0.1", 3389), timeout=5).close()
        return "open"
    except ConnectionRefusedError:
        return "refused"
waits = socket.create_connection(("127.0.0.1", 3389))
waits.settimeout(5)
said = []
for sessions in ["xrdp-chansrv", "", "xrdp-chansrv"]:
    reports(sessions)
    said.append(tries())
    if sessions == "":
        try:
            waits.send(b"x")
            waits.recv(1)
            said.append("passes")
        except OSError:
            said.append("cut")
print(" ".join(said))
`;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a seat that was left refuses everybody by the kernel's own rules, cuts off who is at its login screen, and opens again", () => {
  putVmwareTools(folder, { state: "joined", "return-minutes": "0", refresh: "0 1" });
  putProgram(folder, "ps", 'echo "$SESSIONS"');
  putProgram(folder, "logger", "exit 0");
  const script = 'ip link set lo up && exec python3 -c "$1" "$2" "$3"';
  const args = ["-rn", "/bin/sh", "-ec", script, "seat", PEOPLE, SEAT_REPORT, folder];
  const said = execFileSync("unshare", args, { encoding: "utf8", env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" } });
  expect(said).toBe("open refused cut open\n");
});
