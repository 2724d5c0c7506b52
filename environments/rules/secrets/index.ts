import { accountRotation } from "./account-rotation";
import { directoryDeclared } from "./directory-declared";
import { localAdministrators } from "./local-administrators";
import { mustNotRead, mustRead } from "./read-expectations";
import { secretIdentity } from "./secret-identity";
import { secretPlace } from "./secret-place";
import { sshLogin } from "./ssh-login";
import { sshMachines } from "./ssh-machines";
import { teamOwnSecrets } from "./team-own-secrets";
import { unitInDomain } from "./unit-in-domain";
import { valueDeleted } from "./value-deleted";
import { vaultDeclared } from "./vault-declared";
import type { RuleTopic } from "../rule";

/** Accounts, access and SSH. */
export const secrets: RuleTopic = {
  title: "Accounts, access and SSH",
  city: [
    accountRotation,
    directoryDeclared,
    localAdministrators,
    mustNotRead,
    mustRead,
    secretIdentity,
    secretPlace,
    sshLogin,
    sshMachines,
    teamOwnSecrets,
    unitInDomain,
    valueDeleted,
    vaultDeclared,
  ],
  crossCity: [],
};
