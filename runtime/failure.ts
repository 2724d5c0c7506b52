import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { types } from "node:util";
import { EXIT } from "./exit-code";
import { Redactor, SHORTEST_SECRET } from "./redactor";

/** Names of variables whose values are never printed. */
const SECRET_NAMES = /PASS|TOKEN|SECRET|KEY|ENCRYPTION|CREDENTIAL|JWT/i;
/**
 * Control characters, text direction marks, lone surrogates and line separators: a terminal would obey them or not show
 * them.
 */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;
const LONGEST_MESSAGE = 500;
const MOST_CAUSES = 20;
/**
 * How long a command that failed outside its own promise chain may take to stop what it started; longer than Terraform
 * gets.
 */
const STOPPING_MS = 60_000;

/** Secrets that this process came by, in addition to the values of its variables. */
const told = new Set<string>();
let command = "postazioni";
let stop: (() => void) | undefined;
/** Whether a failure was printed: later ones are its consequences. */
let hasFailed = false;

/**
 * Sets the command's name for errors, such as `secrets first milan`; it must hold no argument that could be a secret.
 * @default postazioni
 */
export function nameCommand(name: string): void {
  command = name;
}

/** The command's name, as `nameCommand` set it. */
export function commandName(): string {
  return command;
}

/** Redacts a secret in what is printed of a failure. One of less than 8 characters is not redacted. */
export function hide(secret: string): void {
  told.add(secret);
}

/**
 * Calls `work` on an error outside the command's own promise chain, for example in a timer, so that the command stops.
 * @returns a function that unregisters it
 */
export function stopOnFailure(work: () => void): () => void {
  stop = work;
  return () => {
    stop = undefined;
  };
}

/**
 * The text for an unexpected error: one sentence with what failed and the log's path. The log lies in a new folder of
 * the temporary folder, readable by this user alone; it has the stack, the causes and Node's version, no variable and
 * no argument.
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

/**
 * Prints an error outside the command's own promise chain, and exits with 1 once the command has stopped what it
 * started.
 */
export function fail(error: unknown): void {
  if (!hasFailed) {
    hasFailed = true;
    process.on("exit", () => (process.exitCode = EXIT.failure));
    console.error(failureText(error));
  }
  if (stop === undefined) process.exit(EXIT.failure);
  stop();
  setTimeout(() => process.exit(EXIT.failure), STOPPING_MS).unref();
}

function secretsOf(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => (SECRET_NAMES.test(name) ? (value ?? []) : []));
}

/**
 * An error may come from another realm, so instanceof does not do. A thrown value that is not an error may be a secret
 * in any form and is never shown.
 */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

function headOf(error: unknown): string {
  if (!isError(error)) return typeof error === "string" ? error : `a value of the type ${typeof error} was thrown`;
  return error.constructor === Error ? error.message : `${error.name}: ${error.message}`;
}

/**
 * Stacks of an error, of its causes and of the errors that it aggregates. No other property: those of a child process
 * hold its arguments and output.
 */
function stacksOf(first: unknown): string[] {
  const errors = new Set([first]);
  // The loop also visits the errors that it adds.
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
