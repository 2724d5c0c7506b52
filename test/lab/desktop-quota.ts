import { seenFrom } from "./seen-from";
import type { TestLab } from "./test-lab";

/**
 * Sets what one client may ask of Milan's desktops' login method, and asks once from here and once as a desktop, so that one is used up.
 * @param interval of seconds
 */
export async function useDesktopQuota(lab: TestLab, rate: number, interval = 1): Promise<void> {
  const { vault } = lab.session;
  await vault.delete("sys/quotas/rate-limit/milan-approle");
  const address = await lab.machineAddress("milan", "anagrafe");
  await vault.post("sys/quotas/rate-limit/milan-approle", { path: "auth/milan/approle/", rate, interval });
  for (const client of [vault, seenFrom(vault, address)]) await client.get("auth/milan/approle/role/anagrafe/role-id");
}
