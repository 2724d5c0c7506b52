import type { VaultClient } from "../vault/client";

/** Creates a namespace and its parents, as an administrator of Vault does before a city's first deployment. */
export async function makeNamespace(root: VaultClient, namespace: string): Promise<void> {
  const names = namespace.split("/");
  for (const [index, name] of names.entries()) {
    const above = index === 0 ? undefined : names.slice(0, index).join("/");
    await root.within(above).post(`sys/namespaces/${name}`);
  }
}
