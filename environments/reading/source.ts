import { dirname, join } from "node:path";
import { z } from "zod";
import { readAnswerFile } from "./answer-file";
import type { AnswerFile } from "./answer-file";
import { readAssignments, unreadAssignments } from "./assignment-file";
import type { AssignmentFile } from "./assignment-file";
import { cellOffset } from "./csv-line";
import { shortened } from "../display";
import { newerFormat } from "../format/newer-format";
import type { OffsetFinding } from "../offset-finding";
import { findingsOf, valueOf } from "./issues";
import { ASSIGNMENT_COLUMNS } from "../model/assignment";
import type { AssignmentColumn } from "../model/assignment";
import { citySchema } from "../model/city";
import type { DeclaredCity } from "../model/city";
import { answerFileName, csvFileName } from "../model/primitives";
import { withDerived } from "./derived";
import { checkNumbers } from "./numbers";
import type { Path } from "../path";
import { parseSyntax } from "./syntax";
import { YAML_FILE, draftText, readText } from "./text";
import { follow, plainValue } from "./yaml-tree";
import type { YamlNode } from "./yaml-tree";
import { walk } from "./yaml-walk";

const naming = z.object({ customization: z.object({ answerFile: answerFileName }) });

/** A file as far as it could be read. */
export interface TextSource {
  /** The file's path. */
  readonly file: string;
  /** Its text; empty where it could not be read. */
  readonly text: string;
  /** Its values; undefined where it is not YAML. */
  readonly root?: YamlNode | undefined;
  /** Problems of the file by itself. */
  readonly findings: readonly OffsetFinding[];
}

/** A city's YAML file as far as it could be read, with the files that it names. */
export interface Source extends TextSource {
  /** The CSV file; undefined where none is named. */
  readonly assignments: AssignmentFile | undefined;
  /** The answer files that its images name, each once. */
  readonly answerFiles: readonly AnswerFile[];
  /** The city, where the schema accepted it. */
  readonly city: DeclaredCity | undefined;
}

/** A file that declares a city. */
export type CitySource = Source & { readonly root: YamlNode; readonly city: DeclaredCity };

/** The location of a path in a city. */
export interface Spot {
  /** The file: the city's YAML or its CSV file. */
  readonly source: TextSource;
  /** Offset in its text. */
  readonly offset: number;
  /** Path within that file; for a row just the column. */
  readonly path: Path;
  /** The value as written. @default - none, as for a whole map */
  readonly value?: string;
}

/**
 * Reads a city's file and the files that it names. Never throws: problems are in the findings.
 * @param draft the text that the file is to have, in place of the one that it has
 * @param isKept whether a file, by its path, is as it was when it was checked: of a kept file and kept assignments the rows are
 * not read @default - none is
 */
export function readSource(file: string, draft?: string, isKept: (path: string) => boolean = () => false): Source {
  const { text, usable, findings } = draft === undefined ? readText(file, YAML_FILE) : draftText(draft, YAML_FILE);
  const empty = { file, text, assignments: undefined, answerFiles: [], city: undefined };
  if (!usable) return { ...empty, findings };
  const syntax = parseSyntax(text);
  const found = [...findings, ...syntax.findings];
  if (syntax.document === undefined) return { ...empty, findings: found };
  const walked = walk(syntax.document.contents);
  const newer = newerFormat(walked.root);
  if (newer !== undefined) return { ...empty, root: walked.root, findings: [newer] };
  const { root, findings: odd } = checkNumbers(walked.root);
  const named = { assignments: assignmentsOf(file, root, isKept), answerFiles: answerFilesOf(file, root) };
  const parsed = citySchema.safeParse(plainValue(root));
  const issues = parsed.success ? [] : findingsOf(parsed.error.issues, root);
  const city = parsed.success ? declared(parsed.data, named) : undefined;
  return { file, text, root, findings: [...found, ...walked.findings, ...odd, ...issues], ...named, city };
}

function declared(
  values: z.output<typeof citySchema>,
  { assignments, answerFiles }: Pick<Source, "assignments" | "answerFiles">,
): DeclaredCity {
  const answers = Object.fromEntries(answerFiles.map(({ name, text }) => [name, text]));
  return {
    ...withDerived(values),
    ...{ kind: "declared", hasAssignments: assignments !== undefined, assignments: assignments?.rows ?? [] },
    answerFiles: answers,
  };
}

/** Whether the file declares a city. */
export function isCity(source: Source): source is CitySource {
  return source.root !== undefined && source.city !== undefined;
}

/** The location of a path in the city; `["assignments", 3, "seat"]` lies in the CSV file. */
export function spotOf(source: CitySource, path: Path): Spot {
  const [key, index, column] = path;
  if (key === "assignments" && typeof index === "number" && source.assignments !== undefined) {
    return rowSpot(
      source.assignments,
      index,
      ASSIGNMENT_COLUMNS.find((name) => name === column),
    );
  }
  const { node, complete } = follow(source.root, path);
  return { source, offset: node.offset, path, ...(complete && valueOf(node)) };
}

function rowSpot(source: AssignmentFile, index: number, column: AssignmentColumn = "seat"): Spot {
  const row = source.rows[index];
  if (row === undefined) return { source, offset: 0, path: [] };
  const cells = ASSIGNMENT_COLUMNS.map((name) => row[name] ?? "");
  const start = source.lineStarts[row.line - 1] ?? 0;
  const offset = start + cellOffset(cells, ASSIGNMENT_COLUMNS.indexOf(column));
  return { source, offset, path: [column], value: shortened(row[column] ?? "") };
}

/** Also read where the rest of the file is wrong, so that all is reported at once. */
function assignmentsOf(file: string, root: YamlNode, isKept: (path: string) => boolean): AssignmentFile | undefined {
  const { node, complete } = follow(root, ["assignments"]);
  const name = csvFileName.safeParse(complete ? plainValue(node) : undefined);
  if (!name.success) return undefined;
  const path = join(dirname(file), name.data);
  return isKept(file) && isKept(path) ? unreadAssignments(path) : readAssignments(path);
}

/** As {@link assignmentsOf}: also where the rest is wrong. */
function answerFilesOf(file: string, root: YamlNode): AnswerFile[] {
  const { node, complete } = follow(root, ["images"]);
  const images = complete ? plainValue(node) : undefined;
  const names = Object.values(typeof images === "object" && images !== null ? images : {}).flatMap((image: unknown) => {
    const named = naming.safeParse(image);
    return named.success ? [named.data.customization.answerFile] : [];
  });
  return [...new Set(names)].map((name) => readAnswerFile(dirname(file), name));
}
