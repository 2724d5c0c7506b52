import { Command } from "commander";
import { EXIT } from "./exit-code";
import { runProgram } from "./run-program";
import type { Program } from "./run-program";

/** One check of the code that needs no test. */
export interface Check extends Program {
  /** What it looks at. */
  readonly name: string;
}

/** Types, lint and format, in the order in which a failure is cheapest to find. */
export const CHECKS: readonly Check[] = [
  { name: "types", command: "tsc", args: ["--noEmit"] },
  { name: "format", command: "prettier", args: ["--check", "--log-level=warn", "."] },
  { name: "lint", command: "eslint", args: [".", "--max-warnings=0"] },
];

/** `npm run check`: types, format and lint. */
export function checkCommand(): Command {
  return new Command("check")
    .description("Check types, format and lint; all three, whatever fails")
    .action(async () => {
      let failed = 0;
      for (const check of CHECKS) {
        console.log(`${check.name}: ${[check.command, ...check.args].join(" ")}`);
        if ((await runProgram(check)) !== EXIT.ok) failed += 1;
      }
      process.exitCode = failed > 0 ? EXIT.failure : EXIT.ok;
    });
}
