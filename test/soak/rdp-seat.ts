import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../runtime/paths";
import { putProgram } from "../boot/programs";
import type { AccessLab } from "../network/access-lab";
import { NamespaceShell } from "./namespace-shell";

/** The displays of a seat's sessions: seats share a network, and so X's abstract sockets. */
const [FIRST_DISPLAY, DISPLAYS] = [60, 10];
const FIRST_CONTROL_PORT = 3360;
/** Seats share a network: each closes at its own address. */
const nft = (address: string, number: number): string => `own=postazioni_closed_${String(number)}
case $1 in
  -f) sed "s/postazioni_closed/$own/; s/tcp dport/ip daddr ${address} tcp dport/" | exec /usr/sbin/nft -f - ;;
  *) exec /usr/sbin/nft "$1" table inet $own ;;
esac`;
/** VMware Tools over a folder with a file for each key. */
const VMTOOLSD = `case $2 in
  'info-get '*) cat "/mnt/guestinfo/\${2#info-get }" 2>/dev/null ;;
  'info-set '*) rest=\${2#info-set }; printf '%s' "\${rest#* }" >"/mnt/guestinfo/\${rest%% *}" ;;
esac`;
/** A desktop of one window, whose title names person and seat, and whose colour is the person's. */
const DESKTOP = `#!/bin/sh
title="$USER at $(hostname)"
exec xmessage -bg "#$(printf %s "$USER" | sha256sum | cut -c 1-6)" -title "$title" -geometry 800x600+0+0 "$title"
`;
/** Passwords are the directory's, asked by Kerberos; the accounts are the image's. */
const PAM = `auth required pam_krb5.so minimum_uid=1000
account required pam_permit.so
session required pam_permit.so
password required pam_deny.so
`;
/** Each person's windows. */
const WINDOWS = `for socket in /tmp/.X11-unix/X*; do for home in /home/*; do
  XAUTHORITY=$home/.Xauthority xwininfo -display ":\${socket##*X}" -root -tree; done; done 2>/dev/null |
  sed -n 's/^.*"\\(.* at .*\\)": .*$/\\1/p' | sort -u`;

/** What a seat is made from. */
export interface SeatProps {
  readonly seat: string;
  readonly address: string;
  /** A number that no other seat of the lab has, from 0. */
  readonly number: number;
  /** Logins of the directory's people. */
  readonly people: readonly string[];
  /**
   * Folders that are the files of its disk: what it writes goes into the first one, and the others are below that. @default - one of its
   * own
   */
  readonly disk?: readonly string[];
  /** Kerberos' realm, whose directory answers at port 88 of the network's loopback. */
  readonly realm: string;
}

/** A Linux seat: xrdp with sessions of real users, on a system of its own but for its programs, and what boot/ puts into an image. */
export class RdpSeat {
  private constructor(
    public readonly seat: string,
    private readonly shell: NamespaceShell,
  ) {}

  public static async start(lab: AccessLab, props: SeatProps): Promise<RdpSeat> {
    const root = join(lab.folder, props.seat);
    for (const folder of ["disk", "bin", "guestinfo"]) mkdirSync(join(root, folder), { recursive: true });
    putProgram(join(root, "bin"), "vmtoolsd", VMTOOLSD);
    putProgram(join(root, "bin"), "nft", nft(props.address, props.number));
    putProgram(join(root, "bin"), "ss", `/usr/bin/ss "$@" | grep -F '${props.address}:'`);
    writeFileSync(join(root, "krb5.conf"), kerberos(props.realm));
    writeFileSync(join(root, "pam"), PAM);
    writeFileSync(join(root, "desktop"), DESKTOP, { mode: 0o755 });
    return new RdpSeat(props.seat, await NamespaceShell.start(lab.namespaces, "seats", setup(root, props)));
  }

  /** What guestinfo says, and the programs that run each minute. */
  public async minute(guestinfo: Readonly<Record<string, string>> = {}): Promise<void> {
    for (const [key, value] of Object.entries({ state: "joined", ...guestinfo }))
      await this.run(`printf %s '${value}' >/mnt/guestinfo/guestinfo.postazioni.${key}`);
    await this.run("sh /srv/seat-holder.sh; POSTAZIONI_SYSTEMD=/nowhere sh /srv/seat-report.sh");
  }

  /** What the seat reported last. */
  public async report(): Promise<string> {
    return (await this.run("cat /mnt/guestinfo/guestinfo.postazioni.report")).output;
  }

  /** Titles of the windows of all sessions: `PO900001 at po-ana-0001`. */
  public async windows(): Promise<string[]> {
    return (await this.run(WINDOWS.replaceAll("\n", " "))).output.split("\n").filter(Boolean);
  }

  /** What xrdp's session manager logged. */
  public async log(): Promise<string> {
    return (await this.run("cat /var/log/xrdp-sesman.log")).output;
  }

  /** The peers of its connections: addresses and ports of the access machines. */
  public async peers(): Promise<string[]> {
    const found = await this.run('ss -Htn state established src "$(cat /mnt/address)" sport = 3389');
    return found.output
      .split("\n")
      .map((line) => line.trim().split(/\s+/).at(-1) ?? "")
      .filter(Boolean);
  }

  /** Ends somebody's session. */
  public async logOff(who: string): Promise<void> {
    await this.run(`pkill -u ${who} xmessage`);
  }

  /** Switches it off. */
  public off(): Promise<void> {
    return this.shell.end();
  }

  /** Runs a line of shell there, as root; `/mnt/disk` is its disk. */
  public run(line: string): Promise<{ readonly code: number; readonly output: string }> {
    return this.shell.run(line);
  }
}

function setup(root: string, { seat, address, number, people, disk }: SeatProps): string {
  const xrdp = `s/^port=3389/port=tcp:\\/\\/${address}:3389/`;
  const sesman = [
    `s/^X11DisplayOffset=.*/X11DisplayOffset=${String(FIRST_DISPLAY + DISPLAYS * number)}/`,
    `s/^ListenPort=.*/ListenPort=${String(FIRST_CONTROL_PORT + number)}/`,
  ].join(";");
  return [
    `echo ${address} >${root}/address; mount --bind ${REPOSITORY}/boot /srv; mount --bind ${root} /mnt`,
    ...overlay(disk),
    // An image's disk; one that has been started before has it already.
    "mkdir -p /mnt/disk/etc /mnt/disk/home /mnt/disk/log; [ -e /mnt/disk/etc/passwd ] || cp -a /etc/. /mnt/disk/etc/",
    "mount --bind /mnt/disk/etc /etc; mount --bind /mnt/disk/home /home; mount --bind /mnt/disk/log /var/log",
    "mount -t tmpfs run /run; mount -t tmpfs tmp /tmp",
    "mkdir -p /run/xrdp /tmp/.X11-unix; chmod 1777 /tmp /tmp/.X11-unix",
    `hostname ${seat}; export PATH=/mnt/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    "export POSTAZIONI_USED_FILE=/mnt/disk/used POSTAZIONI_SHOWN_FILE=/mnt/disk/shown",
    "cp /mnt/pam /etc/pam.d/xrdp-sesman; cp /mnt/krb5.conf /etc/krb5.conf; cp /mnt/desktop /etc/xrdp/startwm.sh",
    // Whom the directory's group lets in on a floating seat; on a dedicated one boot/seat-holder.sh takes them out.
    "getent group tsusers >/dev/null || groupadd --system tsusers",
    ...people.map(
      (login) =>
        `id ${login} >/dev/null 2>&1 || useradd --badname --create-home --shell /bin/sh --groups tsusers ${login}`,
    ),
    `sed -i '${xrdp}' /etc/xrdp/xrdp.ini; sed -i '${sesman}' /etc/xrdp/sesman.ini`,
    "sed -i 's/^AlwaysGroupCheck=.*/AlwaysGroupCheck=true/; s/^AllowRootLogin=.*/AllowRootLogin=false/' /etc/xrdp/sesman.ini",
    "xrdp-sesman --nodaemon >/mnt/sesman.out 2>&1 </dev/null &",
    "xrdp --nodaemon >/mnt/xrdp.out 2>&1 </dev/null &",
  ].join("\n");
}

/** The kernel's own, as SeatDisks has it. */
function overlay(disk: readonly string[] | undefined): string[] {
  if (disk === undefined) return [];
  const [last = "", ...below] = disk;
  const options = `lowerdir=${below.join(":")},upperdir=${last},workdir=${last}.work`;
  return [`mkdir -p ${disk.join(" ")} ${last}.work; mount -t overlay disk -o ${options} /mnt/disk`];
}

function kerberos(realm: string): string {
  return `[libdefaults]
default_realm = ${realm}
dns_lookup_kdc = false
dns_lookup_realm = false
udp_preference_limit = 1
[realms]
${realm} = {
  kdc = 127.0.0.1:88
}
`;
}
