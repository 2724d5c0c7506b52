import { join } from "node:path";
import type * as Typescript from "typescript";
import { REPOSITORY } from "../runtime/paths";

type Compiler = typeof Typescript;
type Checker = Typescript.TypeChecker;
type Sign = Typescript.Symbol;

const MODULE = "constructs/index.ts";
/** Folder of the pages; it has no others. */
export const FOLDER = "docs/constructs";

/**
 * A Markdown page for each public construct, from its docstrings: its props, the types that they refer to, and its
 * outputs. The compiler is loaded only here, because it would slow down every other command.
 */
export async function constructPages(): Promise<{ readonly file: string; readonly text: string }[]> {
  const { default: ts } = await import("typescript");
  const root = join(REPOSITORY, MODULE);
  const program = ts.createProgram([root], { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true });
  const source = program.getSourceFile(root);
  const checker = program.getTypeChecker();
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${MODULE} exports nothing`);
  const pages = new Pages(
    ts,
    checker,
    checker.getExportsOfModule(module).map((sign) => target(ts, checker, sign)),
  );
  const constructs = pages.constructs();
  const index = `# Constructs\n\n${WRITTEN}\n\n${constructs.map((name) => `- [${name}](${fileName(name)})\n`).join("")}`;
  return [
    { file: `${FOLDER}/README.md`, text: index },
    ...constructs.map((name) => ({ file: `${FOLDER}/${fileName(name)}`, text: pages.page(name) })),
  ];
}

const WRITTEN =
  "What an app may use without a city's file; [`examples/`](../../examples/README.md) has one. Written by `npm run schema` from the docstrings of " +
  "[`constructs/`](../../constructs/README.md).";

/** `DesktopPool` gives `desktop-pool.md`. */
function fileName(name: string): string {
  return `${name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}.md`;
}

function target(ts: Compiler, checker: Checker, sign: Sign): Sign {
  return (sign.flags & ts.SymbolFlags.Alias) === 0 ? sign : checker.getAliasedSymbol(sign);
}

class Pages {
  public constructor(
    private readonly ts: Compiler,
    private readonly checker: Checker,
    private readonly exported: readonly Sign[],
  ) {}

  /** Names of the classes whose constructor takes a scope, an id and props, sorted. */
  public constructs(): string[] {
    const classes = this.exported.filter((sign) => this.propsOf(sign) !== undefined);
    return classes.map(({ name }) => name).sort();
  }

  /** The page of a construct. @throws Error for an unknown name */
  public page(name: string): string {
    const sign = this.exported.find((candidate) => candidate.name === name);
    const props = sign && this.propsOf(sign);
    if (sign === undefined || props === undefined) throw new Error(`there is no construct ${name}`);
    const own = this.checker.getPropertiesOfType(props);
    return [
      `# ${name}`,
      this.text(sign),
      "## Props",
      this.props(own),
      ...this.referredTo(own).map(
        (type) => `## ${type.name}\n\n${this.text(type)}\n\n${this.props(this.fields(type))}`,
      ),
      ...this.outputs(sign),
    ]
      .join("\n\n")
      .concat("\n");
  }

  /** The type of a construct's third argument. */
  private propsOf(sign: Sign): Typescript.Type | undefined {
    if ((sign.flags & this.ts.SymbolFlags.Class) === 0 || sign.valueDeclaration === undefined) return undefined;
    const type = this.checker.getTypeOfSymbolAtLocation(sign, sign.valueDeclaration);
    const parameter = type.getConstructSignatures()[0]?.getParameters()[2];
    return parameter && this.checker.getTypeOfSymbol(parameter);
  }

  /** Exported interfaces that fields refer to, and those that these refer to in turn. */
  private referredTo(fields: readonly Sign[], known: readonly Sign[] = []): Sign[] {
    const named = fields.flatMap((field) => this.typeText(field).match(/\w+/g) ?? []);
    const isNew = (sign: Sign): boolean =>
      named.includes(sign.name) && !known.includes(sign) && (sign.flags & this.ts.SymbolFlags.Interface) !== 0;
    const found = this.exported.filter(isNew);
    if (found.length === 0) return [...known];
    return this.referredTo(
      found.flatMap((sign) => this.fields(sign)),
      [...known, ...found],
    );
  }

  private fields(sign: Sign): Sign[] {
    return this.checker.getPropertiesOfType(this.checker.getDeclaredTypeOfSymbol(sign));
  }

  private outputs(sign: Sign): string[] {
    const { Private, Protected } = this.ts.ModifierFlags;
    const isOwn = ({ declarations = [] }: Sign): boolean =>
      declarations.some(
        (declaration) =>
          declaration.parent === sign.valueDeclaration &&
          (this.ts.getCombinedModifierFlags(declaration) & (Private | Protected)) === 0,
      );
    const own = this.fields(sign).filter(isOwn);
    if (own.length === 0) return [];
    const rows = own.map((field) => [`\`${field.name}\``, `\`${this.typeText(field)}\``, this.text(field)]);
    return ["## What it gives", table(["name", "type", "what it is"], rows)];
  }

  private props(fields: readonly Sign[]): string {
    const rows = fields.map((field) => [
      `\`${field.name}\``,
      `\`${this.typeText(field)}\``,
      this.text(field),
      this.fallback(field),
    ]);
    return table(["name", "type", "what it is", "default"], rows);
  }

  private fallback(field: Sign): string {
    if ((field.flags & this.ts.SymbolFlags.Optional) === 0) return "required";
    const tag = field.getJsDocTags(this.checker).find(({ name }) => name === "default");
    return this.ts.displayPartsToString(tag?.text).replace(/^- /, "");
  }

  private typeText(field: Sign): string {
    const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(field));
    return this.checker.typeToString(type, undefined, this.ts.TypeFormatFlags.NoTruncation);
  }

  private text(sign: Sign): string {
    return this.ts.displayPartsToString(sign.getDocumentationComment(this.checker)).replace(/\s*\n\s*/g, " ");
  }
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [header, header.map(() => "---"), ...rows].map(line).join("\n");
}
