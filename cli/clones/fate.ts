import { leftAlone } from "../../terraform/fate";
import type { Fate } from "../../terraform/fate";
import type { NamedMachine } from "../../vcenter/stray-machines";

/** What the machine of a seat or of a gateway has to be. */
export interface WantedMachine {
  /** Inventory path below the datacenter's machine folder where it belongs. */
  readonly path: string;
  /** Name of the template that it is cloned from. */
  readonly template: string;
  /** Whether the guest of a new machine is customized. */
  readonly customized: boolean;
  /** Whether it has a custom attribute or guestinfo of this toolkit from its first moment on, as gateways have. */
  readonly marked: boolean;
  /** Whether an adoption would swap its data disk: Terraform knows that of another label, and the machine is not persistent. */
  readonly losesDataDisk: boolean;
}

/**
 * What a machine is that has a wanted name and is in no state: an unfinished clone was never started, so nothing of
 * anybody's is on it; a whole one is what the deployment would have made.
 */
export type StrayFate = Fate<"unfinished" | "whole">;

/** Decides on a machine by what vCenter knows of it; where it does not know enough, nothing is done. */
export function fateOf(machine: NamedMachine, wanted: WantedMachine): StrayFate {
  const reason = doubt(machine, wanted);
  if (reason !== undefined) return leftAlone(reason);
  return machine.history?.wasStarted === true ? wholeOrNot(machine, wanted) : untouchedOrNot(machine, wanted);
}

function doubt({ uuid, isTemplate, isBusy, history, path }: NamedMachine, wanted: WantedMachine): string | undefined {
  if (isTemplate) return "it is a template";
  if (uuid === "" || isBusy) return "vCenter is still at work on it: wait, and ask again";
  if (path !== wanted.path) return `it is not where the machine belongs, ${wanted.path}`;
  if (history === undefined) return "vCenter's events do not tell from what it was made";
  if (history.source !== wanted.template) return `it was made from ${history.source}, and not from ${wanted.template}`;
  return undefined;
}

function untouchedOrNot({ isOn, hasSnapshot, isMarked }: NamedMachine, { marked }: WantedMachine): StrayFate {
  if (isOn) return leftAlone("it runs, though no event tells of its start");
  if (hasSnapshot) return leftAlone("it has a snapshot");
  if (isMarked && !marked) return leftAlone("it has a custom attribute or a first secret");
  return { kind: "unfinished" };
}

function wholeOrNot({ history }: NamedMachine, { customized, losesDataDisk }: WantedMachine): StrayFate {
  if (customized && history?.isCustomized !== true)
    return leftAlone("it was started, and its guest was not customized");
  if (losesDataDisk) return leftAlone("Terraform would swap its data disk for an empty one, were it adopted");
  return { kind: "whole" };
}
