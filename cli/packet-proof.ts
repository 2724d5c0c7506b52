import { CommandError } from "../runtime/errors";
import { namespaceObstacle } from "../proof/namespaces";
import { missing, namesOf } from "./system-need";
import type { SystemNeed } from "./system-need";

/** The programs that the packet proof runs; Debian has all of them. */
export const PROOF_NEEDS: readonly SystemNeed[] = [
  { program: "nft", install: "apt-get install nftables" },
  { program: "ip", install: "apt-get install iproute2" },
  { program: "unshare", install: "apt-get install util-linux" },
  { program: "python3", install: "apt-get install python3" },
];

/**
 * Checks that the packet proof can run here.
 * @param path where programs are looked for
 * @throws CommandError with the repair, where programs are missing or network namespaces are not permitted
 */
export function checkPacketProof(path?: string): void {
  const lacking = missing(PROOF_NEEDS, path);
  if (lacking.length > 0)
    throw new CommandError(`the packet proof needs programs that are not there: ${namesOf(lacking)}`);
  const obstacle = namespaceObstacle();
  if (obstacle !== undefined) throw new CommandError(obstacle);
}
