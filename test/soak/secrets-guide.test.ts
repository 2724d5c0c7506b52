import { afterAll, beforeAll } from "@jest/globals";
import { MANAGER } from "../../lab/directory-entries";
import { workedThrough } from "../fixtures/worked-through";
import { GuideLab } from "./guide-lab";
import { startOpenLdapLab, useOpenLdap } from "../lab/openldap-city";
import { useShipped } from "../lab/test-lab";

const MINUTE = 60_000;
/** What is deployed before the guide begins. */
const FIRST = ["foundation", "network", "secrets", "desktops-anagrafe-01"].map((stack) => `milan-${stack}`);

let reader: GuideLab;
let stop: () => Promise<void>;

beforeAll(async () => {
  const { lab, directory, ...started } = await startOpenLdapLab(1, [], useShipped);
  stop = started.stop;
  reader = new GuideLab(lab, useOpenLdap);
  await reader.deploy(FIRST);
  Object.assign(process.env, {
    ...lab.session.environment("milan"),
    FIRST_SECRETS_TOKEN: await lab.branchToken("milan", "first-secrets"),
    VAULT_TOKEN: await lab.branchToken("milan", "secrets"),
    POSTAZIONI_OVERLAY: lab.session.paths.overlay,
    ROOT_PASSPHRASE: "of a test's root",
    POSTAZIONI_MANAGER_PASSWORD: directory.account(MANAGER).password,
  });
}, 30 * MINUTE);

afterAll(async () => {
  reader.remove();
  await stop();
}, MINUTE);

/** The guide as its reader works through it, in a lab with a real directory: an OpenLDAP, as the copy of the file says. */
workedThrough("secrets", () => reader);
