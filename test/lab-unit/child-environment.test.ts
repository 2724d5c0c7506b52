import { afterEach, describe, expect, test } from "@jest/globals";
import { childEnvironment } from "../../lab/child-environment";
import { labPaths } from "../../lab/paths";

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

describe("the environment of a lab's child", () => {
  test.each([
    ...["VAULT_NAMESPACE", "VSPHERE_SERVER", "TF_CLI_ARGS", "TF_VAR_vsphere_password", "GOVC_URL", "PGPASSWORD"],
    ...["TF_REATTACH_PROVIDERS", "VAULT_AGENT_ADDR", "GOVMOMI_TUNNEL_PROXY_PORT", "LD_PRELOAD", "POSTAZIONI_PROVIDERS"],
  ])("has no %s that would lead it out of the lab", (name) => {
    process.env[name] = "elsewhere";
    expect(childEnvironment(labPaths("/lab"))[name]).toBeUndefined();
  });

  test("keeps its files below the lab's folder, and has the lab's variables", () => {
    const env = childEnvironment(labPaths("/lab"), { VAULT_ADDR: "http://127.0.0.1:1" });
    expect(env).toMatchObject({ HOME: "/lab/home", TMPDIR: "/lab/tmp", VAULT_ADDR: "http://127.0.0.1:1" });
    expect(env.PATH).toBe(process.env.PATH);
  });
});
