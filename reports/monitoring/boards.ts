import type { DeployedCity } from "../../environments/model/city";
import { shardsOf } from "../../environments/seats/seats";
import type { Board, Panel, Row } from "./board";

const BY_STATE = "{{state}}";

/** Series that only a city with a Vault has. */
const OF_A_VAULT = /vault_|postazioni_(?:secrets|first_secrets|token|account)|seats?_(?:late|longest_wait)/;

/** The boards of a city: the whole, each pool that has seats, segmentation where it has gateways, and secrets. */
export function boardsOf(city: DeployedCity): Board[] {
  const all = everyBoard(city);
  return city.platform.vault === undefined ? all.map(withoutVault) : all;
}

function withoutVault({ rows, ...board }: Board): Board {
  const isLeft = ([expression]: Panel["queries"][number]): boolean => !OF_A_VAULT.test(expression);
  const left = rows.map(({ title, panels }) => ({
    title: title === "Vault" ? "Drift" : title,
    panels: panels
      .map((one) => ({ ...one, queries: one.queries.filter(isLeft) }))
      .filter(({ queries }) => queries.length > 0),
  }));
  return { ...board, rows: left.filter(({ panels }) => panels.length > 0) };
}

function everyBoard(city: DeployedCity): Board[] {
  const pools = city.pools.filter((pool) => shardsOf(city, pool).some(({ seats }) => seats.length > 0));
  const { name } = city.city;
  return [
    cityBoard(name),
    ...pools.map((pool) => poolBoard(name, pool.name)),
    ...(city.network.gateway === undefined ? [] : [segmentationBoard(name)]),
    ...(city.access?.machines === undefined ? [] : [accessBoard(name)]),
    secretsBoard(name, city.platform.vault === undefined ? "drift and what ends" : "secrets"),
  ];
}

function cityBoard(city: string): Board {
  return { id: "city", title: `${city}: the city`, rows: [seatRow(), platformRow()] };
}

function seatRow(): Row {
  return {
    title: "Seats",
    panels: [
      panel("Usable seats by pool", "short", ['sum by (pool) (postazioni_seats{state="usable"})', "{{pool}}"]),
      panel("Seats by state", "short", ["sum by (state) (postazioni_seats)", BY_STATE]),
      panel("Seats that cannot be used", "percentunit", ["pool:seats_unusable:ratio", "{{pool}}"]),
      panel("Alerts that fire", "short", [
        'count by (owner, severity) (ALERTS{alertstate="firing"})',
        "{{owner}}, {{severity}}",
      ]),
    ],
  };
}

function platformRow(): Row {
  return {
    title: "Hosts and datastores",
    panels: [
      panel("Hosts by state", "short", ["postazioni_hosts", "{{cluster}}, {{state}}"]),
      panel("Hosts beside those needed", "short", [
        'postazioni_hosts{state="connected"} - on (cluster) postazioni_hosts_needed',
        "{{cluster}}",
      ]),
      panel("Memory in use after the failures that a cluster tolerates", "percentunit", [
        "cluster:memory_used_after_failures:ratio",
        "{{cluster}}",
      ]),
      panel("Free space", "percentunit", [
        "postazioni_datastore_free_bytes / postazioni_datastore_capacity_bytes",
        "{{datastore}}",
      ]),
    ],
  };
}

function poolBoard(city: string, pool: string): Board {
  const of = `{pool="${pool}"}`;
  return { id: `pool-${pool}`, title: `${city}: ${pool}`, rows: [levelRow(of), firstSecretRow(of)] };
}

function levelRow(of: string): Row {
  return {
    title: "Service levels",
    panels: [
      panel(
        "Seats by state",
        "short",
        [`postazioni_seats${of}`, BY_STATE],
        [`postazioni_seats_released${of}`, "released"],
      ),
      panel(
        "How fast the budget of usable seats burns",
        "short",
        ...(["1h", "6h", "3d"] as const).map((window): readonly [string, string] => [
          `pool:seats_unusable:ratio_rate${window}${of} / on (pool) pool:seats_unusable:budget`,
          `in ${window}`,
        ]),
      ),
      panel("Seats that are not ready in time", "short", [`postazioni_seats_late${of}`, "late"]),
      panel("The longest wait for a seat", "s", [`postazioni_seat_longest_wait_seconds${of}`, "longest"]),
    ],
  };
}

function firstSecretRow(of: string): Row {
  return {
    title: "First secrets",
    panels: [panel("Seats by what their machine reports", "short", [`postazioni_first_secrets${of}`, BY_STATE])],
  };
}

function segmentationBoard(city: string): Board {
  const rate = (matchers: string, by: string): string =>
    `sum by (${by}) (rate(postazioni_gateway_packets_total{${matchers}}[5m]))`;
  return {
    ...{ id: "segmentation", title: `${city}: segmentation` },
    rows: [
      {
        title: "Flows",
        panels: [
          panel("New connections by flow", "pps", [rate('kind="flow"', "flow"), "{{flow}}"]),
          panel("Dropped", "pps", [rate('kind!="flow"', "kind"), "{{kind}}"]),
          panel("Share of new connections that is dropped", "percentunit", [
            "pair:gateway_dropped:ratio_rate1h",
            "{{pair}}",
          ]),
        ],
      },
      {
        title: "Gateways",
        panels: [
          panel("Gateways that answer", "short", ['sum by (pair) (up{job="gateways"})', "{{pair}}"]),
          panel("Who holds the addresses", "short", ["postazioni_gateway_master", "{{gateway}}"]),
          panel("Loaded rules", "short", ["postazioni_gateway_rules_loaded", "{{gateway}}"]),
        ],
      },
    ],
  };
}

function accessBoard(city: string): Board {
  const sessions =
    'max by (proxy) (haproxy_backend_current_sessions{job="access",proxy!~"turned_away|carried_over|told_by_other|.+_seats"})';
  return {
    ...{ id: "access", title: `${city}: from people to seats` },
    rows: [
      {
        title: "Seats",
        panels: [
          panel("Seats that somebody has, or that are kept", "short", ["pool:seats_kept:count", "{{pool}}"]),
          panel("Seats that answer", "short", ["pool:seats_answering:count", "{{pool}}"]),
        ],
      },
      {
        title: "Access machines",
        panels: [
          panel("Sessions by pool", "short", [sessions, "{{proxy}}"]),
          panel("Access machines that answer", "short", ['sum(up{job="access"})', "access machines"]),
          panel("People who were turned away in 10 minutes", "short", [
            'sum(increase(haproxy_backend_sessions_total{job="access",proxy="turned_away"}[10m]))',
            "turned away",
          ]),
        ],
      },
    ],
  };
}

function secretsBoard(city: string, title: string): Board {
  return { id: "secrets", title: `${city}: ${title}`, rows: [vaultRow(), endRow()] };
}

function vaultRow(): Row {
  return {
    title: "Vault",
    panels: [
      panel("Unsealed", "short", ["vault_core_unsealed", "unsealed"]),
      panel("What the file declares, by state", "short", [
        "sum by (kind, state) (postazioni_secrets)",
        "{{kind}}, {{state}}",
      ]),
      panel(
        "Age of the state",
        "s",
        ["time() - postazioni_secrets_checked_timestamp_seconds", "secrets status"],
        ["time() - postazioni_drift_checked_timestamp_seconds", "drift"],
      ),
      panel("Resources that drifted", "short", ["postazioni_drift_resources", "resources"]),
    ],
  };
}

function endRow(): Row {
  return {
    title: "What ends",
    panels: [
      panel("Certificates", "s", ["postazioni_certificate_not_after_timestamp_seconds - time()", "{{certificate}}"]),
      panel("The jobs' token", "s", ["postazioni_token_expires_timestamp_seconds - time()", "token"]),
      panel("Until accounts are rotated", "s", [
        "postazioni_account_rotation_due_timestamp_seconds - time()",
        "{{account}}",
      ]),
    ],
  };
}

function panel(title: string, unit: Panel["unit"], ...queries: Panel["queries"]): Panel {
  return { title, unit, queries };
}
