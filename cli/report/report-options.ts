import { Option } from "commander";

/** The option in which form a report is printed; the first one is the default. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("--format <format>", "how it is shown").choices(formats).default(formats[0]);
}
