import { CommandError } from "../runtime/errors";
import { namespaceObstacle } from "../proof/namespaces";
import { missing, namesOf } from "./system-need";
import type { SystemNeed } from "./system-need";

/** The programs that the packet proof is made of; all of them Debian's. */
export const PROOF_NEEDS: readonly SystemNeed[] = [
  { program: "nft", install: "apt-get install nftables" },
  { program: "ip", install: "apt-get install iproute2" },
  { program: "unshare", install: "apt-get install util-linux" },
  { program: "python3", install: "apt-get install python3" },
];

/**
 * Before packets are sent: whether they can be.
 * @param path where programs are looked for
 * @throws CommandError that says what to do, where programs are missing or no network namespace can be made
 */
export function checkPacketProof(path?: string): void {
  const lacking = missing(PROOF_NEEDS, path);
  if (lacking.length > 0)
    throw new CommandError(`the packet proof needs programs that are not there: ${namesOf(lacking)}`);
  const obstacle = namespaceObstacle();
  if (obstacle !== undefined) throw new CommandError(obstacle);
}
