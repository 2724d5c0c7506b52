import type { TestLab } from "./test-lab";

/**
 * Sets what one client may ask of Milan's desktops' login method, and asks once, so that one is used up.
 * @param interval of seconds
 */
export async function useDesktopQuota(lab: TestLab, rate: number, interval = 1): Promise<void> {
  const { vault } = lab.session;
  await vault.post("sys/quotas/rate-limit/milan-approle", { path: "auth/milan/approle/", rate, interval });
  await vault.get("auth/milan/approle/role/anagrafe/role-id");
}
