import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../runtime/errors";
import type { SharedPaths } from "../paths";
import type { GoTool } from "./go-tool";
import { atLeast, probe, versionIn } from "./probe";
import { parsedJson } from "../../runtime/json";
import { variable } from "../../runtime/variable";

/** The Terraform or OpenTofu that the lab uses. */
export interface Terraform {
  /** A name on PATH or an absolute path, for cdktf's TERRAFORM_BINARY_NAME. */
  readonly command: string;
  /** Undefined until it is built. */
  readonly version: string | undefined;
}

/** Vault provider 5 needs Terraform 1.11. */
const LEAST = [1, 11];

const versionSchema = z.object({ terraform_version: z.string() });

/**
 * The Terraform to use: the given one, otherwise `terraform` or `tofu` on PATH in a sufficient version, otherwise
 * undefined: then OpenTofu is built.
 * @throws CommandError when the given one is missing or too old
 */
export function findTerraform(asked: string | undefined): Terraform | undefined {
  const wanted = asked ?? variable("TERRAFORM_BINARY_NAME");
  if (wanted !== undefined && wanted !== "") return requireTerraform(wanted);
  return ["terraform", "tofu"].map(inspect).find((found) => found !== undefined && isNewEnough(found));
}

/** OpenTofu, built from Go modules for a machine without either. */
export function builtTofu(shared: SharedPaths): GoTool {
  return {
    name: "tofu",
    module: "lab/tofu",
    package: "github.com/opentofu/opentofu/cmd/tofu",
    output: join(shared.tools, "tofu"),
    about: "OpenTofu from Go modules, about three minutes (Terraform or OpenTofu 1.11 or later on PATH would be taken)",
    otherwise: "put Terraform or OpenTofu 1.11 or later on PATH",
  };
}

function requireTerraform(command: string): Terraform {
  const found = inspect(command);
  if (found === undefined) {
    throw new CommandError(
      `${command} is not there or is no Terraform: give a path to Terraform or OpenTofu 1.11 or later`,
    );
  }
  if (isNewEnough(found)) return found;
  throw new CommandError(`${command} is version ${found.version ?? "unknown"}: 1.11 or later is needed`);
}

function inspect(command: string): Terraform | undefined {
  const answer = probe(command, ["version", "-json"]);
  if (answer === undefined) return undefined;
  const parsed = versionSchema.safeParse(parsedJson(answer));
  return parsed.success ? { command, version: parsed.data.terraform_version } : undefined;
}

function isNewEnough(terraform: Terraform): boolean {
  const version = versionIn(terraform.version);
  return version !== undefined && atLeast(version, LEAST);
}
