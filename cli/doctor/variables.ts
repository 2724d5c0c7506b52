import { nearest } from "../../environments/display";
import type { City } from "../../environments/model/city";
import type { State } from "../../environments/model/state";
import { takenOut } from "../../terraform/environment";
import { note, right, wrong } from "./finding";
import type { Finding } from "./finding";

/** The toolkit's own variables that a person sets. */
const OWN = [
  ...["POSTAZIONI_ENVIRONMENTS", "POSTAZIONI_PROVIDERS", "POSTAZIONI_LOGIN_HOSTS", "POSTAZIONI_TEARDOWN"],
  ...["POSTAZIONI_OVERLAY", "POSTAZIONI_LAB", "POSTAZIONI_CACHE", "POSTAZIONI_TEST_PROVIDERS", "POSTAZIONI_SEED"],
  ...["POSTAZIONI_SOAK", "POSTAZIONI_OWNER", "POSTAZIONI_MANAGER_PASSWORD", "POSTAZIONI_WAIT_SECONDS"],
];
/** Variables that name a file or a folder. */
const PATHS = ["POSTAZIONI_ENVIRONMENTS", "POSTAZIONI_PROVIDERS", "POSTAZIONI_OVERLAY", "NODE_EXTRA_CA_CERTS"];
/** What is no use without its other half. */
const PAIRS = [
  ["VSPHERE_USER", "VSPHERE_PASSWORD"],
  ["LDAP_BIND_DN", "LDAP_BIND_PASSWORD"],
  ["TF_HTTP_USERNAME", "TF_HTTP_PASSWORD"],
  ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
] as const;
/** The logins of each backend of states; of each row one is enough. */
const STATE_LOGINS: Readonly<Record<State["backend"], readonly (readonly string[])[]>> = {
  local: [],
  pg: [["PGUSER"], ["PGPASSWORD", "PGSSLCERT"]],
  s3: [["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE"]],
  http: [["TF_HTTP_USERNAME"], ["TF_HTTP_PASSWORD", "TF_HTTP_CLIENT_CERTIFICATE_PEM"]],
  consul: [["CONSUL_HTTP_TOKEN", "CONSUL_CLIENT_CERT"]],
};

/**
 * What is wrong with an environment's variables, and what of them is worth knowing; no value of a login is in it.
 * @param exists whether a path is there
 */
export function variableFindings(variables: NodeJS.ProcessEnv, exists: (path: string) => boolean): Finding[] {
  const value = (name: string): string => variables[name] ?? "";
  return [
    ...unknown(variables),
    ...PATHS.filter((name) => value(name) !== "" && !exists(value(name))).map((name) =>
      wrong(`${name}: there is no ${value(name)}`, "name what is there, or unset it"),
    ),
    ...PAIRS.filter(([one, other]) => (value(one) === "") !== (value(other) === "")).map(([one, other]) => {
      const [set, missing] = value(one) === "" ? [other, one] : [one, other];
      return wrong(`${set} is set and ${missing} is not`, "set both, or neither");
    }),
    ...dangers(value),
    ...empty(variables),
    ...notPassedOn(variables),
  ];
}

function unknown(variables: NodeJS.ProcessEnv): Finding[] {
  const strange = Object.keys(variables).filter((name) => name.startsWith("POSTAZIONI_") && !OWN.includes(name));
  return strange.flatMap((name) => {
    const meant = nearest(name, OWN);
    return meant === undefined ? [] : [wrong(`${name} is set, and nothing reads it`, `did you mean ${meant}?`)];
  });
}

function dangers(value: (name: string) => string): Finding[] {
  const found: Finding[] = [];
  if (value("NODE_TLS_REJECT_UNAUTHORIZED") === "0") {
    const repair = "unset it, and name your authority's file in NODE_EXTRA_CA_CERTS";
    found.push(wrong("NODE_TLS_REJECT_UNAUTHORIZED=0 has Node.js believe any certificate: no login is sent", repair));
  }
  if (value("POSTAZIONI_OVERLAY") !== "") {
    const what = "POSTAZIONI_OVERLAY is set: commands deploy to the lab's servers, not to the city's";
    found.push(note(what, "unset it, or open another shell, to work on the city"));
  }
  if (value("POSTAZIONI_TEARDOWN") === "true") {
    found.push(note("POSTAZIONI_TEARDOWN=true: people's machines may be destroyed", "unset it"));
  }
  return found;
}

/** A variable that is empty counts as not set, which whoever gave it seldom means. */
function empty(variables: NodeJS.ProcessEnv): Finding[] {
  const named = [...OWN, ...PAIRS.flat(), "VAULT_TOKEN", "VAULT_ADDR", "VSPHERE_SERVER"];
  return named
    .filter((name) => variables[name] === "")
    .map((name) => note(`${name} is set and empty, which counts as not set`, "give it a value, or unset it"));
}

function notPassedOn(variables: NodeJS.ProcessEnv): Finding[] {
  // VAULT_ADDR and VSPHERE_SERVER are the toolkit's, which has Terraform use the file's.
  const names = takenOut(variables).filter((name) => !["VAULT_ADDR", "VSPHERE_SERVER"].includes(name));
  if (names.length === 0) return [];
  const what = `${names.join(", ")}: preview and apply do not hand ${names.length === 1 ? "it" : "them"} to Terraform`;
  return [note(what, "none is needed; Terraform and cdktf by hand obey it")];
}

/** What of a city's file and the variables does not go together, and which logins are there. */
export function cityVariables({ city, platform }: City, variables: NodeJS.ProcessEnv): Finding[] {
  const { VAULT_ADDR: vault = "", VSPHERE_SERVER: vcenter = "" } = variables;
  const other = (name: string, value: string, own: string): Finding[] =>
    value === "" || value === own
      ? []
      : [
          note(
            `${name} (${value}) is not the server of ${city.id}'s file (${own})`,
            "unset it, where that is not meant",
          ),
        ];
  return [
    ...(platform.vault === undefined ? [] : other("VAULT_ADDR", vault, platform.vault.address)),
    ...other("VSPHERE_SERVER", vcenter, platform.vsphere.server),
    logins(city.id, platform, variables),
  ];
}

function logins(id: string, { state, vault }: City["platform"], variables: NodeJS.ProcessEnv): Finding {
  const token = vault === undefined ? [] : [["VAULT_TOKEN"]];
  const needed = [["VSPHERE_USER"], ["VSPHERE_PASSWORD"], ...token, ...STATE_LOGINS[state.backend]];
  const lacking = needed.filter((names) => names.every((name) => (variables[name] ?? "") === ""));
  const backend = `states in ${state.backend === "local" ? "state/ on this machine alone" : state.backend}`;
  if (lacking.length === 0) return right(`${id}: every login of a deployment is set; ${backend}`);
  const names = lacking.map((choices) => choices.join(" or ")).join(", ");
  return note(`${id}: not set: ${names}; ${backend}`, "set them before a preview, a drift report or a deployment");
}
