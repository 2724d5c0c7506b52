/** Names of a city's commands, in the order of the program's help. */
export const COMMAND_NAMES = [
  ...["init", "validate", "add", "explain", "fmt", "migrate", "lab", "doctor"],
  ...["preflight", "preview", "drift", "deploy", "apply", "gateways", "pipeline", "rehearse"],
  ...["report", "proof", "metrics", "clones", "recover", "power", "seats", "refresh"],
  ...["computers", "secrets", "completion"],
] as const;

/** @see COMMAND_NAMES */
export type CommandName = (typeof COMMAND_NAMES)[number];
