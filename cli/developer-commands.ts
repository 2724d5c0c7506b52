import type { Command } from "commander";

/** Commands for work on the toolkit itself. They need its sources and its packages for development, so that a package has none. */
export const DEVELOPER_COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["schema", async () => (await import("./schema")).schemaCommand()],
  ["check", async () => (await import("./check")).checkCommand()],
  ["test", async () => (await import("./test")).testCommand()],
  ["bench", async () => (await import("./bench")).benchCommand()],
]);
