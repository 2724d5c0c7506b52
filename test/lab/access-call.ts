import type { VaultClient } from "../../vault/client";
import type { AccessRequest, Operation } from "../../access/evaluation/decision";

const METHODS: Readonly<Record<Operation, string>> = {
  create: "POST",
  read: "GET",
  update: "POST",
  patch: "PATCH",
  delete: "DELETE",
  list: "LIST",
  scan: "SCAN",
};
const TIMEOUT_MS = 300_000;

/** A request as it can be sent: only a body has values other than text. */
export function sendable(request: AccessRequest): AccessRequest {
  if (hasBody(request.operation) || request.parameters === undefined) return request;
  const entries = Object.entries(request.parameters);
  return {
    ...request,
    parameters: Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
  };
}

/** HTTP's status of a request of a client's. @param namespace named by a header; by default the path says it, if there is one */
export async function statusAs(
  { address, headers }: VaultClient,
  request: AccessRequest,
  namespace?: string,
): Promise<number> {
  const { path, operation, parameters, wrapSeconds } = request;
  const url = new URL(`${address}/v1/${path.split("/").map(encodeURIComponent).join("/")}`);
  if (!hasBody(operation)) {
    for (const [name, value] of Object.entries(parameters ?? {})) url.searchParams.set(name, String(value));
  }
  const response = await fetch(url, {
    method: METHODS[operation],
    headers: {
      ...headers,
      ...(namespace === undefined ? {} : { "X-Vault-Namespace": namespace }),
      ...(operation === "patch" ? { "Content-Type": "application/merge-patch+json" } : {}),
      ...(wrapSeconds === undefined ? {} : { "X-Vault-Wrap-TTL": `${String(wrapSeconds)}s` }),
    },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(hasBody(operation) && parameters !== undefined ? { body: JSON.stringify(parameters) } : {}),
  });
  await response.arrayBuffer();
  return response.status;
}

function hasBody(operation: Operation): boolean {
  return operation === "create" || operation === "update" || operation === "patch";
}
