import { join } from "node:path";
import { REPOSITORY } from "../runtime/paths";

/** A published JSON shape: the file of its JSON Schema, and the type that it is generated from. */
export interface PublishedShape {
  /** Path of the schema in the repository. */
  readonly file: string;
  /** Module of the type, as a path in the repository. */
  readonly module: string;
  /** Name of the exported interface. */
  readonly type: string;
}

/** The reports that other programs read as JSON. */
export const PUBLISHED_SHAPES: readonly PublishedShape[] = [
  { file: "preview/preview.schema.json", module: "preview/report.ts", type: "PreviewReport" },
  { file: "preview/drift.schema.json", module: "preview/drift-report.ts", type: "DriftReport" },
];

/**
 * JSON Schemas (draft 07) of the reports, generated from their types and docstrings. The compiler is loaded only here,
 * because it would slow down every other command.
 * @throws Error for a missing type
 */
export async function reportSchemas(): Promise<{ readonly file: string; readonly text: string }[]> {
  const { generateSchema, programFromConfig } = await import("typescript-json-schema");
  const modules = PUBLISHED_SHAPES.map(({ module }) => join(REPOSITORY, module));
  const program = programFromConfig(join(REPOSITORY, "tsconfig.json"), modules);
  return PUBLISHED_SHAPES.map(({ file, type }) => {
    const schema = generateSchema(program, type, {
      required: true,
      noExtraProps: true,
      aliasRef: true,
      ignoreErrors: true,
    });
    if (schema === null) throw new Error(`no schema of ${type}`);
    return { file, text: `${JSON.stringify(schema, null, 2)}\n` };
  });
}
