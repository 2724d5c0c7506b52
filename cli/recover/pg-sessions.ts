import { networkInterfaces } from "node:os";
import type { State } from "../../environments/model/state";
import { CommandError } from "../../runtime/errors";
import { run } from "../../runtime/process";
import type { Planning } from "../../terraform/plan-stack";

/** A session of PostgreSQL that holds the lock of a state. */
export interface PgSession {
  /** Process id on the server, which `pg_terminate_backend` takes. */
  readonly pid: string;
  readonly user: string;
  /** Address of the client; empty over a socket of the server's own machine. */
  readonly address: string;
  /** Since when it is connected. */
  readonly since: string;
  /** Whether it holds the lock of the whole database, with which Terraform makes a state's row: it may work on any stack. */
  readonly isOfAll: boolean;
}

type Pg = Extract<State, { readonly backend: "pg" }>;
type Asking = Pick<Planning, "env" | "redactor" | "signal">;

/** Terraform's lock is an advisory lock of the database with the number of the state's row, or -1 while it makes the row. */
const HOLDERS = (stack: string): string => `
  select l.pid, a.usename, coalesce(host(a.client_addr), ''), to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS OF'),
    l.objid <> all (select id from "${stack}".states)
  from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.granted and l.objsubid = 1
    and l.database = (select oid from pg_database where datname = current_database())
    and ((l.classid::bigint << 32) | l.objid::bigint) in
      (select id from "${stack}".states where name = 'default' union select -1)`;

/** The sessions that hold the lock of a stack's state. @throws CommandError where psql is missing or refused */
export async function pgSessions(state: Pg, stack: string, asking: Asking): Promise<PgSession[]> {
  const rows = (await ask(state, HOLDERS(stack), asking)).split("\n").map((line) => line.split("\t"));
  return rows.flatMap(([pid = "", user = "", address = "", since = "", isOfAll]) =>
    pid === "" ? [] : [{ pid, user, address, since, isOfAll: isOfAll === "t" }],
  );
}

/** Ends a session, and with it its locks. @throws CommandError where it is another user's */
export async function endSession(state: Pg, { pid }: Pick<PgSession, "pid">, asking: Asking): Promise<void> {
  const answer = await ask(state, `select pg_terminate_backend(${String(Number(pid))}, 5000)`, asking);
  if (answer.trim() !== "t") throw new CommandError(`PostgreSQL did not end the session ${pid}`);
}

/** Whether the session's client is this machine. */
export function isOfThisMachine({ address }: Pick<PgSession, "address">): boolean {
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address));
  return own.includes(address);
}

async function ask({ server, port, database }: Pg, sql: string, asking: Asking): Promise<string> {
  const url = `postgres://${server}:${String(port)}/${database}?sslmode=verify-full`;
  const args = ["-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql, url];
  const { code, stdout, tail } = await run({ ...asking, command: "psql", args });
  if (code === 0) return stdout;
  throw new CommandError(`PostgreSQL at ${server} was not asked who holds the lock: ${tail.join(" ")}`);
}
