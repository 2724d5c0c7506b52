import { loadCities } from "../environments/load";
import { EnvironmentError } from "../environments/violation";
import { peakBytes } from "./apart";
import type { HostileFigures } from "./hostile-files";

const MICROSECONDS = 1e6;

/** Loads and checks one file and prints the figures; in its own process, to measure its memory. */
function measure(file: string): void {
  const violations = violationsOf(file);
  const { user, system } = process.cpuUsage();
  const figures: HostileFigures = {
    violations,
    seconds: (user + system) / MICROSECONDS,
    peakBytes: peakBytes(),
  };
  console.log(JSON.stringify(figures));
}

function violationsOf(file: string): number {
  try {
    loadCities([file]);
    return 0;
  } catch (error) {
    if (error instanceof EnvironmentError) return error.violations.length;
    throw error;
  }
}

measure(process.argv[2] ?? "");
