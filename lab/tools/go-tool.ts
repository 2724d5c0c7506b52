import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type SharedPaths } from "../paths";
import { REPOSITORY } from "../../runtime/paths";
import { type ChildOptions, runOrThrow } from "../../runtime/process";
import { Redactor } from "../../runtime/redactor";
import { hashInputs } from "./inputs-hash";
import { goHelp } from "./registry-refusal";
import type { ToolContext } from "./tool-context";

/** A program built from Go modules, pinned by the repository's go.mod. */
export interface GoTool {
  /** Unique; also the name of its log. */
  readonly name: string;
  /** Folder of its go.mod, relative to the repository. */
  readonly module: string;
  /** The package to build. */
  readonly package: string;
  /** Path of the program. */
  readonly output: string;
  /** What a user can do instead of building it. @default - none */
  readonly otherwise?: string;
  /** Why it is built, and how long that takes on two cores. @default - told by the name */
  readonly about?: string;
}

const stampSchema = z.object({ inputs: z.string(), go: z.string() });

/**
 * Whether the program must be built: it is missing, or its go.mod, go.sum, sources or Go version have changed. Without
 * Go a program with unchanged inputs is used.
 */
export function needsBuild(tool: GoTool, shared: SharedPaths, goVersion: string | undefined): boolean {
  const stamp = readStamp(tool, shared);
  if (stamp === undefined || !existsSync(tool.output)) return true;
  if (stamp.inputs !== hashInputs(join(REPOSITORY, tool.module))) return true;
  return goVersion !== undefined && stamp.go !== goVersion;
}

/** Builds the program to a temporary path and renames it, so that an interrupted build leaves nothing incomplete. */
export async function buildGoTool(tool: GoTool, goVersion: string, context: ToolContext): Promise<void> {
  const unfinished = join(context.shared.tmp, `${tool.name}.${String(process.pid)}`);
  const inputs = hashInputs(join(REPOSITORY, tool.module));
  for (const folder of [dirname(tool.output), context.shared.stamps]) mkdirSync(folder, { recursive: true });
  try {
    await runOrThrow(`building ${tool.name}`, goBuild(tool, unfinished, context), (tail) =>
      goHelp(tail, tool.module, tool.otherwise),
    );
    renameSync(unfinished, tool.output);
  } finally {
    rmSync(unfinished, { force: true });
  }
  writeFileSync(stampFile(tool, context.shared), JSON.stringify({ inputs, go: goVersion }));
}

function goBuild(tool: GoTool, output: string, context: ToolContext): ChildOptions {
  return {
    command: "go",
    args: ["build", "-trimpath", "-buildvcs=false", "-v", "-ldflags", "-s -w", "-o", output, tool.package],
    cwd: join(REPOSITORY, tool.module),
    env: goEnvironment(context.shared),
    logFile: join(context.shared.logs, `build-${tool.name}.log`),
    redactor: new Redactor(),
    signal: context.signal,
    background: true,
    onLine: context.say,
  };
}

/** Go's variables, with its caches in the lab's folder: deleting that folder deletes everything. */
export function goEnvironment(shared: SharedPaths): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOFLAGS: "-mod=readonly -modcacherw",
    GOWORK: "off",
    GOCACHE: join(shared.cache, "go-build"),
    GOMODCACHE: join(shared.cache, "go-mod"),
    GOPATH: join(shared.cache, "go"),
    GOTELEMETRY: "off",
    CGO_ENABLED: "0",
    TMPDIR: shared.tmp,
  };
}

function stampFile(tool: GoTool, shared: SharedPaths): string {
  return join(shared.stamps, `${tool.name}.json`);
}

function readStamp(tool: GoTool, shared: SharedPaths): z.output<typeof stampSchema> | undefined {
  try {
    return stampSchema.parse(JSON.parse(readFileSync(stampFile(tool, shared), "utf8")));
  } catch {
    return undefined;
  }
}
