import { authorityRequest } from "../authority-request";
import type { PolicyRule } from "../policy";
import { vaultPaths } from "../vault-paths";

/**
 * Rules for the ceremony of a city's certificate authority: create a key and a signing request with exactly the
 * declared parameters; install the signed certificate, without a key of its own; set the default issuer; revoke
 * certificates. Keys can be deleted, but Vault deletes none that an issuer uses.
 */
export function authorityRules(city: string): PolicyRule[] {
  const { pki } = vaultPaths(city);
  const { common_name, key_type, key_bits } = authorityRequest(city);
  return [
    {
      path: `${pki}/intermediate/generate/internal`,
      capabilities: ["update"],
      allowedParameters: { common_name: [common_name], key_type: [key_type], key_bits: [key_bits] },
      why: "The authority's key is made in Vault, and a request for its certificate.",
    },
    { path: `${pki}/keys`, capabilities: ["list"], why: "The keys that requests were made of." },
    { path: `${pki}/key/+`, capabilities: ["read", "delete"], why: "Whose certificate it is; keys without one go." },
    {
      path: `${pki}/intermediate/set-signed`,
      capabilities: ["update"],
      allowedParameters: { certificate: [] },
      why: "The authority's certificate, once its root has signed it.",
    },
    {
      path: `${pki}/config/issuers`,
      capabilities: ["read", "update"],
      allowedParameters: { default: [] },
      why: "Which certificate the authority issues with.",
    },
    ...revocationRules(pki),
  ];
}

function revocationRules(pki: string): PolicyRule[] {
  return [
    {
      path: `${pki}/revoke`,
      capabilities: ["update"],
      allowedParameters: { serial_number: [] },
      why: "Taking a certificate back.",
    },
    { path: `${pki}/crl/rotate`, capabilities: ["read"], why: "A revocation list that says so at once." },
  ];
}
