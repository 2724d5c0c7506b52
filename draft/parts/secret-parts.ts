import { baseDn } from "../../environments/seats/joined-domain";
import type { Part, PartContext } from "./part";

/** Parts on secrets and who reads them. */
export const SECRET_PARTS: readonly Part[] = [
  {
    name: "vault",
    brings: "a Vault, in which machines log in and get their secrets and certificates",
    key: ["platform", "vault"],
    needs: [],
    text: ({ domain }) => `
city: { domain: ${domain} }
platform:
  vault: { address: "https://vault.${domain}:8200" } # ? Vault's address
`,
  },
  {
    name: "people",
    brings: "people's logins to Vault, by groups of the directory",
    key: ["secrets", "people"],
    needs: ["vault"],
    text: ({ domain }) => `
secrets:
  # ? The directory, and where people and groups are in it; userDomain for an Active Directory
  directory:
    url: ldaps://dc1.${domain}
    userDn: OU=Personale,${baseDn(domain)}
    groupDn: OU=Gruppi,${baseDn(domain)}
  people:
    # ? Which groups read which secrets?
    teams:
      - { name: sistemi, group: vdi-sistemi, access: [{ to: pools, may: read }] }
`,
  },
  {
    name: "ci",
    brings: "logins of CI's jobs, which preview and deploy",
    key: ["secrets", "ci"],
    needs: ["vault"],
    text: (context) => `
platform:
  # ? The store of Terraform's states, which jobs share
  state: ${stateOf(context)}
secrets:
  ci:
    # ? The repository, and its numbers: docs/guides/ci.md
${loginOf(context)}
    audience: https://vault.${context.domain}:8200
    repository: ${context.id}/postazioni
    branch: main
`,
  },
];

/** A store with locks: GitLab has one, and a job's own files are gone when it ends. */
function stateOf({ platform, domain, id }: PartContext): string {
  return platform === "github"
    ? `{ backend: s3, bucket: ${id}-states, region: eu-south-1 }`
    : `{ backend: http, address: "https://gitlab.${domain}/api/v4/projects/1/terraform/state" }`;
}

function loginOf({ platform, domain }: PartContext): string {
  return platform === "github"
    ? `    platform: github
    issuer: https://token.actions.githubusercontent.com
    repositoryId: 1
    ownerId: 1`
    : `    platform: gitlab
    issuer: https://gitlab.${domain}
    projectId: 1`;
}
