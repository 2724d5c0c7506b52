import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { types } from "node:util";
import { Redactor, SHORTEST_SECRET } from "./redactor";

/** Names of variables whose values are never shown. */
const SECRET_NAMES = /PASS|TOKEN|SECRET|KEY|ENCRYPTION|CREDENTIAL|JWT/i;
/** Controls, directions of writing, surrogates by themselves and separators of lines: a terminal would obey them, or not show them. */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;
const LONGEST_MESSAGE = 500;
const MOST_CAUSES = 20;
/** How long a command that failed beside its own course has to stop what it started: longer than Terraform gets. */
const STOPPING_MS = 60_000;
const FAILURE = 1;

/** What this process was given or has been told and must not show, beside what its variables hold. */
const told = new Set<string>();
let command = "postazioni";
let stop: (() => void) | undefined;
/** Whether a failure was told already: those that follow are its consequences. */
let hasFailed = false;

/** Says what runs, as errors name it, such as `secrets first milan`: no argument that could be a secret. @default postazioni */
export function nameCommand(name: string): void {
  command = name;
}

/** What runs, as `nameCommand` has it. */
export function commandName(): string {
  return command;
}

/** Takes a secret that the command came by out of what is said of a failure. One of less than 8 characters is not taken out. */
export function hide(secret: string): void {
  told.add(secret);
}

/** Has a failure beside a command's own course, as of a timer, stop the command. @returns ends that */
export function stopOnFailure(work: () => void): () => void {
  stop = work;
  return () => {
    stop = undefined;
  };
}

/**
 * What is said of a failure that nobody foresaw: one sentence that says what failed and where the log is. The log is written to a new
 * folder below the temporary one, both for this user alone; it has the stack, the causes and Node's version, no variable and no argument.
 */
export function failureText(error: unknown): string {
  const redactor = new Redactor([...told, ...secretsOf(process.env)].filter(({ length }) => length >= SHORTEST_SECRET));
  const message = redactor.apply(headOf(error)).replace(/\s+/g, " ").trim();
  const shown = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}...` : message;
  const log = written(
    redactor.apply(`${command}\nNode ${process.version}\n\n${stacksOf(error).join("\nCaused by: ")}\n`),
  );
  return `${command} failed unexpectedly: ${shown.replace(UNPRINTABLE, codeOf)}; ${log}`;
}

/** Tells a failure beside a command's own course, and ends the process with 1 once the command has stopped what it started. */
export function fail(error: unknown): void {
  if (!hasFailed) {
    hasFailed = true;
    process.on("exit", () => (process.exitCode = FAILURE));
    console.error(failureText(error));
  }
  if (stop === undefined) process.exit(FAILURE);
  stop();
  setTimeout(() => process.exit(FAILURE), STOPPING_MS).unref();
}

function secretsOf(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => (SECRET_NAMES.test(name) ? (value ?? []) : []));
}

/** An error may be of another realm, and anything can be thrown: of that no value is shown, which may be a secret in any form. */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

function headOf(error: unknown): string {
  if (!isError(error)) return typeof error === "string" ? error : `a value of the type ${typeof error} was thrown`;
  return error.constructor === Error ? error.message : `${error.name}: ${error.message}`;
}

/** Of an error, what it holds together and what caused it; no other property: those of a child process have its arguments and output. */
function stacksOf(first: unknown): string[] {
  const errors = new Set([first]);
  // The loop also comes to those that it adds.
  for (const error of errors) {
    if (!isError(error) || errors.size > MOST_CAUSES) continue;
    const { cause, errors: parts = [] } = error as { readonly cause?: unknown; readonly errors?: readonly unknown[] };
    for (const next of [...parts, cause]) if (next !== undefined) errors.add(next);
  }
  return [...errors].map((error) => (isError(error) ? (error.stack ?? headOf(error)) : headOf(error)));
}

function written(text: string): string {
  try {
    const file = join(mkdtempSync(join(tmpdir(), "postazioni-failure-")), "failure.log");
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    return `the log with the stack: ${file}`;
  } catch (error) {
    const reason = isError(error) ? error.message : "";
    return `its log could not be written (${reason.replace(UNPRINTABLE, codeOf)})`;
  }
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
