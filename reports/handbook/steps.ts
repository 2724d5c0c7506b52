import type { Words } from "../../words/words";

/** A step: what to do, and what to type. */
export interface Step {
  readonly text: string;
  /** A line for the shell; null where there is nothing to type. */
  readonly command: string | null;
}

/** A step without a command. */
export function say(text: string): Step {
  return { text, command: null };
}

/** A step with its command. */
export function type(command: string, text: string): Step {
  return { text, command };
}

/** The steps, if what they need is there. */
export function onlyIf(there: boolean, ...steps: readonly Step[]): Step[] {
  return there ? [...steps] : [];
}

/** A change of the file, or of what stands, is previewed, approved and applied. @param text what the deployment does */
export function applied(city: string, { preview }: Words["handbook"]["shared"], text: string): Step[] {
  return [
    type(`npm run preview -- ${city} --approval approval.json`, preview),
    type("npm run apply -- --approved approval.json", text),
  ];
}
