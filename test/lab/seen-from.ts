import { VaultClient } from "../../vault/client";

/**
 * The same login as Vault sees it from another address: said as a load balancer says it, whom the lab's Vault believes.
 * @param address IPv4 or IPv6
 */
export function seenFrom({ address: server, token, namespace }: VaultClient, address: string): VaultClient {
  return new VaultClient(server, token, namespace, { "X-Forwarded-For": address });
}
