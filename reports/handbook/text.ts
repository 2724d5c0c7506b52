import type { Language } from "../../preview/page/layout";

/** A text in each language of the handbook. */
export type Text = Readonly<Record<Language, string>>;

/** A step of a runbook as it is written: what to do, and the command that does it. */
export interface WrittenStep {
  readonly text: Text;
  /** A line for the shell. @default - nothing to type */
  readonly command?: string;
}

/** A step without a command. */
export function say(en: string, it: string): WrittenStep {
  return { text: { en, it } };
}

/** A step with its command. */
export function type(command: string, en: string, it: string): WrittenStep {
  return { text: { en, it }, command };
}

/** The steps, if what they need is there. */
export function onlyIf(there: boolean, ...steps: readonly WrittenStep[]): WrittenStep[] {
  return there ? [...steps] : [];
}
