import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployedCity } from "../../environments/model/city";
import { isSameStack } from "../../preview/same-stack";
import type { StackChoice } from "../../preview/stack-choice";
import { synthesizedStacks } from "../../terraform/manifest";
import { CONFIG } from "../../terraform/stack";
import type { DriftRecord } from "./drift-record";
import { synthesizeInto } from "./synthesize";
import { inTemporaryFolder } from "../../runtime/temporary-folder";

/**
 * The stacks of a synthesis that differ from the base's, and those that the last look for drift did not find as they are
 * declared now: drifted, not deployed, or changed since.
 * @param output folder of the synthesis
 * @param record what that look found. @default - not known: the base counts as deployed
 */
export async function choiceOf(
  output: string,
  base: DeployedCity,
  record: DriftRecord | undefined,
): Promise<StackChoice> {
  return inTemporaryFolder("postazioni-base-stacks-", async (before) => {
    await synthesizeInto(before, base);
    const isToBePlanned = (stack: string): boolean => {
      const [wanted, was] = [textOf(output, stack), textOf(before, stack)];
      if (wanted === undefined || was === undefined || !isSameStack(was, wanted)) return true;
      return record !== undefined && !record.isAsDeclared(stack, wanted);
    };
    const names = synthesizedStacks(output).map(({ name }) => name);
    return { stacks: new Set(names.filter(isToBePlanned)), outputs: record?.outputs };
  });
}

function textOf(output: string, stack: string): string | undefined {
  const file = join(output, "stacks", stack, CONFIG);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
