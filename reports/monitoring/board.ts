import { createHash } from "node:crypto";
import { DashboardBuilder, DatasourceVariableBuilder, RowBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** Grafana's own names of units (packages/grafana-data, valueFormats). */
export type Unit = "short" | "percentunit" | "bytes" | "s" | "pps" | "dateTimeAsIso";

/** A diagram: its title, unit, and each query with the legend of its series. */
export interface Panel {
  readonly title: string;
  readonly unit: Unit;
  readonly queries: readonly (readonly [expr: string, legend: string])[];
}

/** A row of diagrams below a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A board of a city. */
export interface Board {
  /** Last part of its id and of its file's name. */
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

const [HEIGHT, WIDTH, COLUMNS] = [8, 12, 2];
/** Grafana puts the Prometheus that it has, or that somebody chooses above the board, in its place. */
const SOURCE = { type: "prometheus", uid: "${datasource}" };
const [LONGEST_UID, DIGEST] = [40, 8];

/** A board as Grafana's Foundation SDK builds it: the SDK's types are made of Grafana's own schema, version 11.6. */
export function dashboard(city: string, { id, title, rows }: Board): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uidOf(`${city}-${id}`))
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
    .tags(["postazioni", city])
    .refresh("1m")
    .time({ from: "now-24h", to: "now" })
    .timezone("browser");
  for (const { title: heading, panels } of rows) {
    builder.withRow(new RowBuilder(heading));
    for (const [index, panel] of panels.entries()) builder.withPanel(panelOf(panel, (index % COLUMNS) * WIDTH));
  }
  return builder.build();
}

/** Grafana takes 40 characters; a longer name keeps its beginning, and a digest tells it from others. */
function uidOf(name: string): string {
  if (name.length <= LONGEST_UID) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, DIGEST);
  return `${name.slice(0, LONGEST_UID - DIGEST - 1)}-${digest}`;
}

function panelOf({ title, unit, queries }: Panel, x: number): PanelBuilder {
  const panel = new PanelBuilder().title(title).unit(unit).datasource(SOURCE);
  for (const [index, [expr, legend]] of queries.entries()) {
    panel.withTarget(
      new DataqueryBuilder()
        .expr(expr)
        .legendFormat(legend)
        .refId(String.fromCharCode("A".charCodeAt(0) + index)),
    );
  }
  return panel.height(HEIGHT).span(WIDTH).gridPos({ h: HEIGHT, w: WIDTH, x, y: 0 });
}
