import { ConsulBackend, HttpBackend, LocalBackend, PgBackend, S3Backend } from "cdktf";
import type { S3BackendConfig, TerraformStack } from "cdktf";
import type { State } from "../environments/model/state";

/** Relative path from cdktf.out/stacks/<stack>/, where Terraform runs, to the parent folder of cdktf.out. */
const BESIDE_OUTPUT = "../../..";

/** Sets the stack's backend to the one of the city's file. Each stack has a state of its own, named after it. */
export function keepState(stack: TerraformStack, state: State, city: string): void {
  const name = stack.node.id;
  switch (state.backend) {
    case "local":
      // A relative path: with an absolute one the same file would synthesize differently on every machine.
      new LocalBackend(stack, { path: `${BESIDE_OUTPUT}/state/${name}.tfstate` });
      break;
    case "pg":
      new PgBackend(stack, { connStr: connection(state), schemaName: name });
      break;
    case "s3":
      keepInS3(stack, state, `${city}/${name}.tfstate`);
      break;
    case "http":
      keepInHttp(stack, `${state.address}/${name}`);
      break;
    case "consul":
      // With an empty token Terraform reads CONSUL_HTTP_TOKEN; cdktf 0.21 requires the property.
      new ConsulBackend(stack, {
        address: state.address,
        path: `${state.path}/${name}`,
        scheme: "https",
        lock: true,
        accessToken: "",
      });
      break;
  }
}

function connection({ server, port, database }: Extract<State, { backend: "pg" }>): string {
  return `postgres://${server}:${String(port)}/${database}?sslmode=verify-full`;
}

function keepInS3(stack: TerraformStack, state: Extract<State, { backend: "s3" }>, key: string): void {
  const { bucket, region, endpoint } = state;
  new S3Backend(stack, {
    bucket,
    region,
    key,
    encrypt: true,
    ...(endpoint !== undefined && compatibleStore(endpoint)),
  });
  // The lock file in the bucket is new in Terraform 1.10; cdktf 0.21 has no property for it.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

/** Settings for an S3-compatible store: it lacks the Amazon services that the backend asks for region and account. */
function compatibleStore(endpoint: string): Partial<S3BackendConfig> {
  return {
    endpoints: { s3: endpoint },
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: true,
  };
}

function keepInHttp(stack: TerraformStack, address: string): void {
  new HttpBackend(stack, {
    address,
    lockAddress: `${address}/lock`,
    lockMethod: "POST",
    unlockAddress: `${address}/lock`,
    unlockMethod: "DELETE",
  });
}
