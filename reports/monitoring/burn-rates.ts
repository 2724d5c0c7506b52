import type { AlertName, Monitoring } from "../../environments/model/monitoring";
import type { Alert, Recording, Runbook } from "./alert";

/** What is measured against a service level: the share of what went wrong, from 0 to 1, by these labels. */
export interface Indicator {
  /** Name of its series without the window: `pool:seats_unusable:ratio`. */
  readonly series: string;
  /** PromQL of the share in a window such as `1h`. */
  readonly over: (window: string) => string;
}

/** A burn rate with its windows. */
interface Burn {
  /** How many times faster than over 30 days the budget burns. */
  readonly rate: number;
  readonly long: string;
  /** Also in this one, so that the alert ends soon after the fault does. */
  readonly short: string;
}

/** Google, "The Site Reliability Workbook", chapter 5, table 5-8: 2 % of the budget in an hour, 5 % in six, 10 % in three days. */
const FAST: readonly Burn[] = [
  { rate: 14.4, long: "1h", short: "5m" },
  { rate: 6, long: "6h", short: "30m" },
];
const SLOW: readonly Burn[] = [{ rate: 1, long: "3d", short: "6h" }];
const WINDOWS = [...new Set([...FAST, ...SLOW].flatMap(({ long, short }) => [short, long]))];

/** The recordings of an indicator, one for each window. */
export function windowsOf({ series, over }: Indicator): Recording[] {
  return WINDOWS.map((window) => ({ record: windowed(series, window), expr: over(window) }));
}

/** What both alerts of a level have in common. */
export interface BurnAlerts {
  readonly names: readonly [fast: AlertName, slow: AlertName];
  readonly topic: Alert["topic"];
  readonly runbook: Runbook;
  readonly indicator: Indicator;
  /** PromQL of the error budget, from 0 to 1, with the indicator's labels or as a number. */
  readonly budget: string;
  /** Labels by which budget and indicator belong together; empty where the budget is a number. */
  readonly by: string;
}

/** The fast and the slow alert of a service level: somebody is called, or somebody looks. */
export function burnAlerts(level: BurnAlerts): Alert[] {
  const { topic, runbook } = level;
  const [fast, slow] = level.names;
  return [
    {
      ...{ name: fast, topic, severity: "critical", runbook, for: "2m" },
      expr: burning(level, FAST),
    },
    {
      ...{ name: slow, topic, severity: "warning", runbook, for: "15m" },
      expr: burning(level, SLOW),
    },
  ];
}

function burning({ indicator, budget, by }: BurnAlerts, burns: readonly Burn[]): string {
  const on = by === "" ? "" : `on (${by}) `;
  const above = (window: string, rate: number): string =>
    `${windowed(indicator.series, window)} > ${on}(${String(rate)} * ${budget})`;
  return burns.map(({ rate, long, short }) => `(${above(long, rate)} and ${above(short, rate)})`).join(" or ");
}

function windowed(series: string, window: string): string {
  return `${series}_rate${window}`;
}

/** An objective in percent as an error budget: 99 gives 0.01. */
export function budgetOf(percent: Monitoring["serviceLevels"]["usablePercent"]): string {
  return String(Number(((100 - percent) / 100).toFixed(6)));
}
