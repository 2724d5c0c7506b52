import { appendFileSync, writeFileSync } from "node:fs";
import { CommandError, messageOf } from "../runtime/errors";
import { run } from "../runtime/process";
import type { ChildOptions } from "../runtime/process";
import type { Say } from "../runtime/progress";
import { terraformMessage } from "./message";
import type { TerraformMessage } from "./message";

/** Arguments that initialize a stack. */
export const INIT: readonly string[] = ["init", "-input=false"];

/** Where and with what environment Terraform runs. The log has its messages as text, and replaces an earlier log. */
export interface TerraformChild extends Omit<ChildOptions, "args" | "onLine"> {
  readonly logFile: string;
  /** Gets each message as progress. @default - nobody does */
  readonly say?: Say | undefined;
}

/** The frame that Terraform draws around an error in text output. */
const FRAME = /^[│╷╵]/;

/**
 * Variables that make Terraform and its providers collect garbage less often than Go's default, which suits
 * long-running programs: a plan is a sixth faster and takes twice the memory, 300 MB with 250 seats
 * (docs/benchmarks.md). A GOGC of the user's is kept.
 */
export function shortLived(): { readonly GOGC: string } {
  return { GOGC: process.env.GOGC ?? "400" };
}

/** Exit code and messages of a Terraform run. */
export interface TerraformRun {
  /** Its exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly messages: readonly TerraformMessage[];
}

/**
 * Runs a Terraform command that knows `-json` to its end.
 * @throws Interrupted when the abort signal ended it. An exit code other than 0 is a result, not an error.
 * @throws CommandError at its end where the log could not be written
 */
export async function runTerraform(
  [command = "", ...args]: readonly string[],
  { logFile, say, ...child }: TerraformChild,
): Promise<TerraformRun> {
  const messages: TerraformMessage[] = [];
  const onLine = (line: string): void => {
    const message = terraformMessage(line);
    messages.push(message);
    if (message.state !== undefined)
      writing(`${logFile}.tfstate`, (file) => {
        writeFileSync(file, JSON.stringify(message.state), { mode: 0o600 });
      });
    writing(logFile, (file) => {
      appendFileSync(file, `${message.text}\n`);
    });
    say?.(message.text.split("\n", 1).join(""));
  };
  writeFileSync(logFile, "", { mode: 0o600 });
  const { code } = await run({ ...child, args: [command, "-json", ...args], onLine });
  return { code, messages };
}

/** @throws CommandError where a file cannot be written, as on a full disk: Terraform is read to its end all the same */
function writing(file: string, write: (file: string) => void): void {
  try {
    write(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${messageOf(error)}`);
  }
}

/**
 * Why a run failed, a line for each error; empty where it did not. An error that many resources share is listed once,
 * with the first of them. Without an error it is the last line of text, or the last message.
 */
export function errorsOf({ code, messages }: TerraformRun): string[] {
  const byText = new Map<string, string[]>();
  for (const { error } of messages) {
    if (error !== undefined) byText.set(error.text, [...(byText.get(error.text) ?? []), ...ofResource(error.address)]);
  }
  if (code === 0 || byText.size > 0) return [...byText].map(([text, addresses]) => withResources(text, addresses));
  const said = messages.map(({ text }) => text.replace(FRAME, "").trim()).filter((text) => text !== "");
  const error = said.findLast((text) => text.startsWith("Error: "))?.replace("Error: ", "");
  return [error ?? said.at(-1) ?? "Terraform ended without a word"];
}

function ofResource(address: string | undefined): string[] {
  return address === undefined ? [] : [address];
}

function withResources(text: string, [first, ...more]: readonly string[]): string {
  if (first === undefined) return text;
  return `${text} (${first}${more.length === 0 ? "" : ` and ${String(more.length)} more`})`;
}
