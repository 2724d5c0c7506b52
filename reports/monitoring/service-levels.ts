import type { DeployedCity } from "../../environments/model/city";
import type { Monitoring } from "../../environments/model/monitoring";
import { levelsOf } from "../../environments/seats/service-levels";
import type { Alert, Recording } from "./alert";
import { budgetOf, burnAlerts, windowsOf } from "./burn-rates";
import type { Indicator } from "./burn-rates";

const average = (series: string) => (window: string) => `avg_over_time(${series}[${window}])`;
/** Pools without seats have no share of them. */
const shareOfReleased = (some: string): string =>
  `sum by (pool) (${some}) / sum by (pool) (postazioni_seats_released > 0)`;

const UNUSABLE = "pool:seats_unusable:ratio";
const LATE = "pool:seats_late:ratio";
const unusable: Indicator = { series: UNUSABLE, over: average(UNUSABLE) };
const late: Indicator = { series: LATE, over: average(LATE) };
const dropped: Indicator = {
  series: "pair:gateway_dropped:ratio",
  over: (window) => {
    const rate = (matchers: string): string =>
      `sum by (pair) (rate(postazioni_gateway_packets_total${matchers}[${window}]))`;
    return `${rate('{kind!="flow"}')} / (${rate("")} > 0)`;
  },
};

/** Shares of what went wrong, and the budgets that the file gives each pool. */
export function levelRecordings(city: DeployedCity, monitoring: Monitoring): Recording[] {
  const usable = shareOfReleased('postazioni_seats{state=~"usable|resting"}');
  return [
    { record: UNUSABLE, expr: `clamp_min(1 - ${usable}, 0)` },
    { record: LATE, expr: shareOfReleased("postazioni_seats_late") },
    ...budgets(city, monitoring, "pool:seats_unusable:budget", "usablePercent"),
    ...budgets(city, monitoring, "pool:seats_late:budget", "readyPercent"),
    ...[unusable, late, dropped].flatMap(windowsOf),
  ];
}

function budgets(
  city: DeployedCity,
  monitoring: Monitoring,
  record: string,
  level: "usablePercent" | "readyPercent",
): Recording[] {
  const each = city.pools.map(({ name }) => {
    const budget = budgetOf(levelsOf(city, monitoring, name)[level]);
    return `label_replace(vector(${budget}), "pool", "${name}", "", "")`;
  });
  return [{ record, expr: each.join(" or ") }];
}

/** Alerts of a city's service levels, two for each. */
export function levelAlerts({ serviceLevels }: Monitoring): Alert[] {
  return [
    ...burnAlerts({
      ...{ names: ["SeatsUnusableFast", "SeatsUnusableSlow"], topic: "desktops", runbook: "seat-does-not-start" },
      ...{ indicator: unusable, budget: "pool:seats_unusable:budget", by: "pool" },
    }),
    ...burnAlerts({
      ...{ names: ["SeatsLateFast", "SeatsLateSlow"], topic: "desktops", runbook: "join-fails" },
      ...{ indicator: late, budget: "pool:seats_late:budget", by: "pool" },
    }),
    ...burnAlerts({
      ...{ names: ["GatewayDropsFast", "GatewayDropsSlow"], topic: "network", runbook: "wrong-flow" },
      ...{ indicator: dropped, budget: budgetOf(serviceLevels.passedPercent), by: "" },
    }),
  ];
}
