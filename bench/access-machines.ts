import type { Progress } from "../runtime/progress";
import { AccessLoad } from "./access-load";
import { RDP_LOGINS, rdpLogins } from "./rdp-logins";
import { table } from "./table";

const SESSIONS = [1000, 5000, 10_000];

/**
 * People through one access machine of a pair in network namespaces: handshakes of FreeRDP with a real xrdp; then floating seats with
 * stubs for seats: what a login costs HAProxy, which is what a busy machine leaves comparable, how much memory the sessions take, and
 * how people come back when the machine fails. Root alone can start xrdp.
 */
export async function benchAccessMachines(progress: Progress, signal: AbortSignal): Promise<string> {
  const handshakes = await progress.step("RDP handshakes", rdpLogins);
  const rows: Measured[] = [];
  for (const seats of SESSIONS) {
    signal.throwIfAborted();
    rows.push(await progress.step(`${String(seats)} sessions`, () => measured(seats)));
  }
  return [
    table([LOGINS, ...rows.map(({ logins }) => logins)]),
    table([RETURNS, ...rows.map(({ returns }) => returns)]),
    table([RDP_LOGINS, ...handshakes]),
  ].join("\n\n");
}

/** Rows of the two tables. */
interface Measured {
  readonly logins: readonly (number | string)[];
  readonly returns: readonly number[];
}

const LOGINS = [
  ...["seats", "seconds until all are known", "sessions at a time", "HAProxy's processes", "logins a second"],
  ...["HAProxy's CPU a login, ms", "at rest, ms a second", "HAProxy's memory, MiB", "on a shared seat"],
  "seconds to load another configuration on both",
];
const RETURNS = [
  ...["sessions cut", "seconds until the other has the address", "came back", "to another seat"],
  ...["seconds until the last one", "HAProxy's CPU a return, ms"],
];

/** All take their seats, their machine fails, and all come back. */
export async function measured(seats: number): Promise<Measured> {
  const load = await AccessLoad.start(seats);
  try {
    const came = await load.fill();
    const [sessions, { processes, mib }] = [await load.sessions(), await load.used()];
    const back = await load.failover();
    return {
      logins: [
        ...[seats, load.known, sessions, processes, Math.round(came.sum("came") / came.sum("seconds"))],
        ...[rounded(came.login), Math.round(load.rest * 1000), Math.round(mib), came.last("shared")],
        came.loaded[0] ?? "",
      ],
      returns: [
        ...[sessions, back.taken, back.sum("came"), back.sum("wrong")],
        ...[Math.round(back.taken + back.sum("seconds")), rounded(back.login)],
      ],
    };
  } finally {
    await load.close();
  }
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(2));
}
