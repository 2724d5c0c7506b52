import { join } from "node:path";
import { answerFindings } from "./answer-findings";
import type { OffsetFinding } from "../offset-finding";
import { ANSWER_FILE, readText } from "./text";

/** An answer file of Windows Setup, as far as it could be read. */
export interface AnswerFile {
  /** Its name, without the folder. */
  readonly name: string;
  /** The file's path. */
  readonly file: string;
  /** Its text; empty where it could not be read. */
  readonly text: string;
  /** Its problems. */
  readonly findings: readonly OffsetFinding[];
}

/** Reads an answer file that an image names. Never throws: problems are in the findings. */
export function readAnswerFile(folder: string, name: string): AnswerFile {
  const file = join(folder, name);
  const { text, usable, findings } = readText(file, ANSWER_FILE);
  return { name, file, text, findings: usable ? [...findings, ...answerFindings(text)] : findings };
}
