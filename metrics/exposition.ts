/** A gauge with its samples, for Prometheus' text format. Labels never have a person's name or staff number. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** A value with its labels. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Prometheus' text format, version 0.0.4 (prometheus.io, "Exposition formats"), which its node_exporter reads from files too.
 * A metric without samples is left out.
 */
export function exposition(metrics: readonly Metric[]): string {
  return metrics
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) => {
      const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${String(value)}`);
      return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ""].join("\n");
    })
    .join("");
}

/** A metric of one sample without labels. */
export function single(name: string, help: string, value: number): Metric {
  return { name, help, samples: [{ labels: {}, value }] };
}

function labelText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
