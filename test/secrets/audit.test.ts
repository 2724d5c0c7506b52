import { expect, test } from "@jest/globals";
import { auditStatus } from "../../secrets/audit";
import type { VaultAccess } from "../../secrets/vault-access";

/** A Vault with these audit devices, as OpenBao 2.6.1 tells them. */
function vault(data: Readonly<Record<string, object>>): VaultAccess {
  return {
    get: (path) => Promise.resolve(path === "sys/audit" ? { data } : undefined),
    list: () => Promise.resolve([]),
    post: () => Promise.reject(new Error("nothing is written")),
  };
}

test("the audit log is missing where Vault has no audit device", async () => {
  const file = { type: "file", path: "lab/", options: { file_path: "/var/log/vault-audit.log" } };
  expect(await auditStatus(vault({ "lab/": file }))).toEqual({ what: "audit log", state: "right", since: "" });
  expect(await auditStatus(vault({}))).toEqual({ what: "audit log", state: "missing", since: "" });
});
