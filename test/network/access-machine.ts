import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { AccessMachinesPlan } from "../../remote-desktop/access-machines-plan";
import { accessCloudInit, bundle } from "../../remote-desktop/render/cloud-init";
import { FILES } from "../../remote-desktop/render/paths";
import type { Member } from "../../segmentation/gateway";
import { putProgram } from "../boot/programs";
import { SYSTEMCTL, VMTOOLSD } from "./access-programs";

/** An ordinary user's namespace has no other user: HAProxy stays root there, and is locked into no folder. */
const OF_OTHER_USERS = /^ {2}(?:user|group|chroot) .*\n/gm;
/** Of a process that may have 20,000 files open, and no more where nobody can permit it: each session takes two. */
const MOST_CONNECTIONS = 9900;
/** Folders that each machine has of its own. */
const OWN_FOLDERS = ["etc/haproxy", "usr/local/share", "var/lib", "run"] as const;

/** What a machine of the lab is offered as its configuration. */
export function offeredTo(plan: AccessMachinesPlan, member: Member): string {
  const limited = (line: string, most: string): string =>
    Number(most) > MOST_CONNECTIONS ? `  maxconn ${String(MOST_CONNECTIONS)}\n  no strict-limits\n` : line;
  return bundle(plan, member)
    .replace(OF_OTHER_USERS, "")
    .replace(/^ {2}maxconn (\d+)\n/m, limited);
}

/** Where a machine has its guestinfo: a file for each key. */
export function guestinfoOf(root: string): string {
  return join(root, "guestinfo");
}

/** Puts a machine as cloud-init leaves it, with VMware's and systemd's parts played over a folder. */
export function putAccessMachine(root: string, plan: AccessMachinesPlan, member: Member): void {
  rmSync(root, { recursive: true, force: true });
  for (const folder of [...OWN_FOLDERS, "run/haproxy", "var/lib/haproxy", "bin"])
    mkdirSync(join(root, folder), { recursive: true });
  mkdirSync(guestinfoOf(root));
  const { userData } = accessCloudInit(plan, member);
  const { write_files: files } = parse(userData) as {
    write_files: { path: string; content: string; permissions: string }[];
  };
  for (const { path, content, permissions } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content, { mode: Number.parseInt(permissions, 8) });
  }
  putProgram(join(root, "bin"), "vmtoolsd", VMTOOLSD);
  putProgram(join(root, "bin"), "systemctl", SYSTEMCTL);
}

/** The command that such a machine is started by: what cloud-init starts there. */
export function startOf(root: string): string[] {
  const conf = join(root, "etc/keepalived/keepalived.conf");
  const script = [
    ...OWN_FOLDERS.map((folder) => `mount --bind ${root}/${folder} /${folder}`),
    `nft -f ${root}/etc/nftables.conf`,
    `keepalived --dont-fork --log-console --use-file ${conf} --pid /run/keepalived.pid --vrrp_pid /run/vrrp.pid >${root}/keepalived.log 2>&1 &`,
    `exec sh ${root}${FILES.agent} >${root}/agent.log 2>&1`,
  ];
  const variables = [
    `PATH=${root}/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    `GUESTINFO=${guestinfoOf(root)}`,
    "POSTAZIONI_PAUSE_SECONDS=0.3",
    "POSTAZIONI_REFRESH_SECONDS=5",
  ];
  return ["env", ...variables, "unshare", "--mount", "sh", "-ec", script.join("\n")];
}
