import { describe, expect, test } from "@jest/globals";
import type { State } from "../../environments/model/state";
import { stateSchema } from "../../environments/model/state";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedCity } from "../fixtures/synthesized-city";

function network(state: State) {
  const city = sampleCity();
  const { json } = synthesizedCity({ ...city, platform: { ...city.platform, state } }).get("sample-network") ?? {};
  const remote = json?.data?.terraform_remote_state?.["cross-stack-reference-input-sample-foundation"];
  return { backend: json?.terraform?.backend, foundation: remote };
}

describe("a stack's state", () => {
  test("lies beside the output folder by default, at a path that is the same on every machine", () => {
    const { backend, foundation } = network({ backend: "local" });
    expect(backend).toEqual({ local: { path: "../../../state/sample-network.tfstate" } });
    expect(foundation).toMatchObject({
      backend: "local",
      config: { path: "../../../state/sample-foundation.tfstate" },
    });
  });

  test("has a schema of its own in PostgreSQL, without a login in the address", () => {
    const { backend, foundation } = network(
      stateSchema.parse({ backend: "pg", server: "db.example.org", database: "terraform" }),
    );
    const conn_str = "postgres://db.example.org:5432/terraform?sslmode=verify-full";
    expect(backend).toEqual({ pg: { conn_str, schema_name: "sample-network" } });
    expect(foundation).toMatchObject({ backend: "pg", config: { conn_str, schema_name: "sample-foundation" } });
  });

  test("has a key of its own in S3, encrypted and locked", () => {
    const state = {
      backend: "s3",
      bucket: "states",
      region: "eu-south-1",
      endpoint: "https://s3.example.org",
    } as const;
    const { backend, foundation } = network(state);
    expect(backend).toMatchObject({
      s3: {
        bucket: "states",
        region: "eu-south-1",
        key: "sample/sample-network.tfstate",
        encrypt: true,
        use_lockfile: true,
        endpoints: { s3: "https://s3.example.org" },
      },
    });
    expect(foundation).toMatchObject({
      backend: "s3",
      config: { key: "sample/sample-foundation.tfstate", endpoints: { s3: "https://s3.example.org" } },
    });
  });

  test("has an address and a lock of its own in an HTTP store", () => {
    const { backend, foundation } = network({ backend: "http", address: "https://gitlab.example.org/state" });
    const address = "https://gitlab.example.org/state/sample-network";
    expect(backend).toEqual({
      http: {
        address,
        lock_address: `${address}/lock`,
        lock_method: "POST",
        unlock_address: `${address}/lock`,
        unlock_method: "DELETE",
      },
    });
    expect(foundation).toMatchObject({ config: { address: "https://gitlab.example.org/state/sample-foundation" } });
  });

  test("has a path of its own in Consul, whose token comes from the environment", () => {
    const { backend, foundation } = network({ backend: "consul", address: "consul.example.org:8501", path: "tf" });
    expect(backend).toEqual({
      consul: {
        address: "consul.example.org:8501",
        path: "tf/sample-network",
        scheme: "https",
        lock: true,
        access_token: "",
      },
    });
    expect(foundation).toMatchObject({ backend: "consul", config: { path: "tf/sample-foundation" } });
  });
});
