import type { DeployedCity } from "../environments/model/city";
import { accessChanges } from "./access-changes";
import type { AccessChange } from "./access-changes";
import { capacityChanges } from "./capacity-changes";
import type { CapacityChange } from "./capacity-changes";
import { costChange } from "./cost-change";
import type { CostChange } from "./cost-change";
import { networkChange } from "./flow-changes";
import type { NetworkChange } from "./flow-changes";
import { destinationChanges } from "./destinations";
import type { DestinationChange } from "./destinations";
import { imageChanges } from "./image-changes";
import type { ImageChange } from "./image-changes";
import { loginChanges } from "./login-changes";
import type { LoginChange } from "./login-changes";

/** What a change of a city's file changes besides resources. */
export interface FileChange {
  /** Destinations of logins, and trust. */
  readonly destinations: readonly DestinationChange[];
  readonly network: NetworkChange;
  /** Permissions in Vault. */
  readonly access: readonly AccessChange[];
  /** Who logs in as which identity. */
  readonly logins: readonly LoginChange[];
  /** Demand and supply of capacity. */
  readonly capacity: readonly CapacityChange[];
  /** Image versions of pools. */
  readonly images: readonly ImageChange[];
  /** Null where no cost changes, or there is no price list. */
  readonly cost: CostChange | null;
}

/** Compares two versions of a city's file. */
export function fileChange(base: DeployedCity, wanted: DeployedCity): FileChange {
  return {
    destinations: destinationChanges(base, wanted),
    network: networkChange(base, wanted),
    access: accessChanges(base, wanted),
    logins: loginChanges(base, wanted),
    capacity: capacityChanges(base, wanted),
    images: imageChanges(base, wanted),
    cost: costChange(base, wanted),
  };
}

/** Whether a change of the file changes anything besides resources; also rules that open nothing more. */
export function changesAnything(file: FileChange | null): boolean {
  if (file === null) return false;
  const { destinations, network, access, logins, capacity, images, cost } = file;
  const lists = [destinations, network.rules, network.reachChanges, access, logins, capacity, images];
  return cost !== null || lists.some(({ length }) => length > 0);
}
