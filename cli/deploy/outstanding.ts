import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { configurationDigest } from "../../preview/approval";
import { InputError } from "../../runtime/errors";
import { mapConcurrently } from "../../runtime/map-concurrently";
import type { StackNode } from "../../terraform/manifest";
import type { Planning } from "../../terraform/plan-stack";
import { CONFIG } from "../../terraform/stack";
import { stateId } from "../../terraform/state-id";
import type { DeploymentRecord, RecordedStack } from "./deployment-record";

const MOST_NAMED = 10;

/** The SHA-256 of each synthesized stack, by stack. */
export function digestsOf(output: string, stacks: readonly StackNode[]): Map<string, string> {
  const digest = ({ name }: StackNode): string =>
    configurationDigest(readFileSync(join(output, "stacks", name, CONFIG), "utf8"));
  return new Map(stacks.map((stack) => [stack.name, digest(stack)]));
}

/**
 * What a deployment that broke off still has to do: the stacks that were not done, and those whose state changed since.
 * @param digests of the stacks as they are declared now
 * @throws InputError where a stack is declared otherwise than it was
 */
export async function outstanding(
  { started, stacks }: DeploymentRecord,
  digests: ReadonlyMap<string, string>,
  planning: Planning,
): Promise<string[]> {
  const recorded = Object.entries(stacks);
  const changed = recorded.filter(([name, { configuration }]) => digests.get(name) !== configuration);
  if (changed.length > 0) throw new InputError(changedText(started, changed));
  const open = await mapConcurrently(recorded, availableParallelism(), planning.signal, async ([name, { done }]) => {
    const isDone = done !== undefined && isDeepStrictEqual(await stateId(name, planning), done.state);
    if (done !== undefined && !isDone) console.error(`${name} is planned again: its state changed since`);
    return isDone ? [] : [name];
  });
  return open.flat();
}

function changedText(started: string, changed: readonly (readonly [string, RecordedStack])[]): string {
  const more = changed.length - MOST_NAMED;
  const names = changed.slice(0, MOST_NAMED).map(([name]) => name);
  const named = [...names, ...(more > 0 ? [`${String(more)} more`] : [])].join(", ");
  return (
    `the file or the toolkit changed since the deployment of ${started}: ${named} would be something else now. ` +
    "Deploy without --resume: that plans every stack as the file is now, and goes on from the states; " +
    "or put back the file of then, and resume"
  );
}
