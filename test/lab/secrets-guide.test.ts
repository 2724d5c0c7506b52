import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MANAGER } from "../../lab/directory-entries";
import { startDirectory } from "../../lab/directory-server";
import type { DirectoryServer } from "../../lab/directory-server";
import { Redactor } from "../../lab/redactor";
import { missingLines, stepsOf } from "../fixtures/guide";
import { GuideLab } from "./guide-lab";
import { DOMAIN, useOpenLdap } from "./openldap-city";
import { TestLab } from "./test-lab";

/** The guide as its reader works through it, in a lab with a real directory: an OpenLDAP, as the copy of the file says. */
const GUIDE = join(__dirname, "../../docs/guides/secrets.md");
const STEPS = stepsOf(GUIDE);
const MINUTE = 60_000;
const POOLS = ["anagrafe", "educazione", "tecnica", "polizia-locale", "smart-working", "sala-operativa"];
/** What is deployed before the guide begins. */
const FIRST = ["foundation", "network", "secrets", "desktops-anagrafe-01"].map((stack) => `milan-${stack}`);

const folder = mkdtempSync(join(tmpdir(), "secrets-guide-"));
let directory: DirectoryServer;
let lab: TestLab;
let reader: GuideLab;

beforeAll(async () => {
  directory = await startDirectory({ folder, redactor: new Redactor(), domain: DOMAIN, pools: POOLS });
  lab = await TestLab.start(1, useOpenLdap, { milan: directory.url });
  reader = new GuideLab(lab, useOpenLdap);
  await reader.deploy(FIRST);
  Object.assign(process.env, {
    ...lab.session.environment("milan"),
    FIRST_SECRETS_TOKEN: await lab.branchToken("milan", "first-secrets"),
    VAULT_TOKEN: await lab.branchToken("milan", "secrets"),
    POSTAZIONI_OVERLAY: lab.session.paths.overlay,
    POSTAZIONI_MANAGER_PASSWORD: directory.account(MANAGER).password,
  });
}, 30 * MINUTE);

afterAll(async () => {
  reader.remove();
  await lab.stop();
  await directory.stop();
  rmSync(folder, { recursive: true });
}, MINUTE);

describe("docs/guides/secrets.md", () => {
  test.each(STEPS.map((step) => [step.line, step.kind, step] as const))(
    "is right from line %d on: %s",
    async (_line, _kind, step) => {
      const { output, code } = await reader.take(step);
      const missing = missingLines(step.printed, output);
      expect({ code, missing, output }).toEqual({ code: 0, missing: [], output });
    },
    3 * MINUTE,
  );
});
