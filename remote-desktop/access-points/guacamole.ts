import { seatHost } from "../../environments/desktop-access/desktop-access";
import type { ListeningName, ReachedPool } from "../../environments/desktop-access/desktop-access";
import { RDP_PORT } from "../../environments/model/access";
import type { DeployedCity } from "../../environments/model/city";
import { windowsPools } from "../../environments/seats/windows-pools";

/** The seat's certificate is checked, and the person logs in there with what he gave Guacamole (Guacamole's manual, "RDP"). */
const PARAMETERS = {
  port: String(RDP_PORT),
  "ignore-cert": "false",
  username: "${GUAC_USERNAME}",
  password: "${GUAC_PASSWORD}",
} as const;

/** Of Windows, Network Level Authentication; xrdp has TLS alone (xrdp.ini(5), security_layer). */
const [OF_WINDOWS, OF_LINUX] = ["nla", "tls"] as const;

/**
 * What PostgreSQL imports for Apache Guacamole's database authentication (its manual, "Database authentication", 1.5.2; tables and
 * types of guacamole-auth-jdbc-postgresql, 001-create-schema.sql). All of the city stands in one group of connections, which is
 * made anew: run again it leaves nothing that the file no longer has. A dedicated seat is a connection that its holder may use; a
 * floating pool is a balancing group with session affinity, which the directory's group may use, of seats with one connection each.
 */
export function guacamoleSql(city: DeployedCity, names: readonly ListeningName[]): string {
  const root = `postazioni ${city.city.id}`;
  return [
    "BEGIN;",
    `DELETE FROM guacamole_connection_group WHERE connection_group_name = ${text(root)} AND parent_id IS NULL;`,
    `INSERT INTO guacamole_connection_group (connection_group_name, type) VALUES (${text(root)}, 'ORGANIZATIONAL');`,
    ...names.flatMap(({ pools }) => pools.flatMap((pool) => group(city, root, pool))),
    "COMMIT;",
    "",
  ].join("\n");
}

function group(city: DeployedCity, root: string, pool: ReachedPool): string[] {
  const floating = pool.assignment === "floating";
  const parent = `(SELECT connection_group_id FROM guacamole_connection_group WHERE connection_group_name = ${text(root)} AND parent_id IS NULL)`;
  const own = `(SELECT connection_group_id FROM guacamole_connection_group WHERE connection_group_name = ${text(pool.pool)} AND parent_id = ${parent})`;
  const security = windowsPools(city).some(({ name }) => name === pool.pool) ? OF_WINDOWS : OF_LINUX;
  const kind = floating ? "'BALANCING', 1, TRUE" : "'ORGANIZATIONAL', NULL, FALSE";
  return [
    "INSERT INTO guacamole_connection_group (parent_id, connection_group_name, type, max_connections_per_user, enable_session_affinity) " +
      `VALUES (${parent}, ${text(pool.pool)}, ${kind});`,
    ...pool.seats.flatMap((seat) => connection({ hostname: seatHost(city, seat), security, ...PARAMETERS }, seat, own)),
    ...(floating && pool.entitledGroup !== undefined
      ? permission("USER_GROUP", pool.entitledGroup, "connection_group", own)
      : []),
    ...[...pool.holders].flatMap(([staff, seat]) => permission("USER", staff, "connection", idOf(seat, own))),
  ];
}

function connection(parameters: Readonly<Record<string, string>>, seat: string, parent: string): string[] {
  const rows = Object.entries(parameters).map(
    ([name, value]) => `(${idOf(seat, parent)}, ${text(name)}, ${text(value)})`,
  );
  return [
    `INSERT INTO guacamole_connection (connection_name, parent_id, protocol, max_connections) VALUES (${text(seat)}, ${parent}, 'rdp', 1);`,
    `INSERT INTO guacamole_connection_parameter (connection_id, parameter_name, parameter_value) VALUES ${rows.join(", ")};`,
  ];
}

/** People and groups that log in by LDAP are known by their names alone. */
function permission(
  type: "USER" | "USER_GROUP",
  name: string,
  of: "connection" | "connection_group",
  id: string,
): string[] {
  const entity = `(SELECT entity_id FROM guacamole_entity WHERE name = ${text(name)} AND type = '${type}')`;
  return [
    `INSERT INTO guacamole_entity (name, type) VALUES (${text(name)}, '${type}') ON CONFLICT DO NOTHING;`,
    `INSERT INTO guacamole_${of}_permission (entity_id, ${of}_id, permission) VALUES (${entity}, ${id}, 'READ');`,
  ];
}

function idOf(seat: string, parent: string): string {
  return `(SELECT connection_id FROM guacamole_connection WHERE connection_name = ${text(seat)} AND parent_id = ${parent})`;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
