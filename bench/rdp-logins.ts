import { routingToken } from "../remote-desktop/routing-token";
import { MEMBERS } from "../segmentation/gateway";
import { accessCityWith } from "../test/fixtures/access-city";
import { AccessLab } from "../test/network/access-lab";
import { accessHost } from "../test/network/access-network";
import { untilKnown } from "./access-load";
import { programUsed } from "./program-used";

const [POOL, SEATS] = ["remoto", 24];
/** Each person comes that many times. */
const TIMES = 4;
const AT_A_TIME = [1, 4, 16];
const MS = 1000;
/** A seat at each address, with files of its own; xrdp has a process a connection. */
const XRDP = `for address; do
  unshare --mount sh -ec '
    mount -t tmpfs run /run; mount -t tmpfs log /var/log
    sed "s|^port=3389|port=tcp://$0:3389|" /etc/xrdp/xrdp.ini >/run/xrdp.ini
    exec xrdp --nodaemon --config /run/xrdp.ini' "$address" >/dev/null 2>&1 </dev/null &
done
wait`;
/** FreeRDP wants a display that it does not use, and a home for the certificates that it was shown. */
const DISPLAY = `mount -t tmpfs tmp /tmp; export HOME=/tmp DISPLAY=:9
Xvfb :9 -screen 0 640x480x24 -nolisten tcp >/dev/null 2>&1 </dev/null &
until xwininfo -root >/dev/null 2>&1; do sleep 0.2; done`;

/** Head of the table of RDP handshakes. */
export const RDP_LOGINS = [
  ...["at a time", "handshakes", "failed", "a second"],
  ...["CPU of FreeRDP for one, ms", "of HAProxy", "of xrdp"],
];

/**
 * RDP handshakes by FreeRDP through an access machine with real xrdp seats: the routing token, TLS, and all that follows until a session
 * would begin. Clients, access machine and seats share this machine's processors.
 */
export async function rdpLogins(): Promise<number[][]> {
  const lab = await AccessLab.start(accessCityWith({ anagrafe: 1, [POOL]: SEATS }), undefined, false);
  try {
    const xrdp = lab.namespaces.start("seats", ["sh", "-c", XRDP, "sh", ...lab.addresses().values()]);
    xrdp.stdout.resume();
    xrdp.stderr.resume();
    await Promise.all(MEMBERS.map((member) => untilKnown(lab, member, SEATS)));
    const rows: number[][] = [];
    for (const atATime of AT_A_TIME) rows.push(await measured(lab, atATime));
    return rows;
  } finally {
    await lab.close();
  }
}

async function measured(lab: AccessLab, atATime: number): Promise<number[]> {
  const master = accessHost(await lab.master());
  const seconds = async (): Promise<number[]> => [
    (await programUsed(lab, master, "haproxy")).seconds,
    (await programUsed(lab, "seats", "xrdp")).seconds,
  ];
  const before = await seconds();
  const printed = await lab.output("people", ["unshare", "--mount", "sh", "-c", clients(lab.address, atATime)]);
  const after = await seconds();
  const [all, done] = [SEATS * TIMES, printed.match(/^came$/gm)?.length ?? 0];
  const [began = NaN, ended = NaN] = [...printed.matchAll(/^at ([\d.]+)$/gm)].map(([, at]) => Number(at));
  const each = (total: number): number => Number(((total * MS) / all).toFixed(1));
  const [haproxy = NaN, xrdp = NaN] = after.map((total, index) => each(total - (before[index] ?? 0)));
  const rate = Number((done / (ended - began)).toFixed(1));
  return [atATime, done, all - done, rate, each(ofChildren(printed)), haproxy, xrdp];
}

/** A shell's lines: each person's client ends where a session would begin; then the processor time of all. */
function clients(address: string, atATime: number): string {
  const person = [
    `xfreerdp /v:${address} /load-balance-info:"$0" /u:person /p:none /sec:tls /cert:ignore +auth-only`,
    "/log-level:OFF >/dev/null 2>&1 </dev/null && echo came",
  ];
  const tokens = Array.from({ length: SEATS * TIMES }, (_, index) =>
    routingToken(POOL, `person${String(index % SEATS)}`),
  );
  const list = tokens.map((token) => `'${token}'`).join(" ");
  return [
    DISPLAY,
    "date '+at %s.%N'",
    `printf '%s\\n' ${list} | xargs -d '\\n' -n 1 -P ${String(atATime)} sh -c '${person.join(" ")}'`,
    "date '+at %s.%N'; times",
  ].join("\n");
}

/** Of the second line that "times" prints: user and system. */
function ofChildren(printed: string): number {
  const line = printed.trim().split("\n").at(-1) ?? "";
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  );
}
