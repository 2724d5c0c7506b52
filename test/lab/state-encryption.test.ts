import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { stateEncryption } from "../../reports/state-encryption-report";
import type { EncryptionStep } from "../../reports/state-encryption-report";
import { loadOverlay } from "../../environments/load-overlay";
import { applyOverlay } from "../../environments/overlay";
import type { CommandError } from "../../runtime/errors";
import { LabSession } from "../../lab/session";
import { releaseStateKeys } from "../../lab/state-keys";
import { probe } from "../../lab/tools/probe";
import { findTerraform } from "../../lab/tools/terraform";
import { terraform } from "./plan-changes";
import { editCity, TestLab } from "./test-lab";
import { typedInLab } from "./typed-command";

const MINUTE = 60_000;
const SECRETS = "milan-secrets";
/** The second of them reads the first one's state. */
const OTHERS = ["milan-foundation", "milan-network"];

/** As somebody has it who lost the key, and makes one. */
const ANOTHER_KEY = `
  key_provider "pbkdf2" "key" { passphrase = "of nobody who wrote a state" }
  method "aes_gcm" "state" { keys = key_provider.pbkdf2.key }
  state { method = method.aes_gcm.state }
  remote_state_data_sources {
    default { method = method.aes_gcm.state }
  }
`;

/** Without a Terraform the lab builds OpenTofu. */
function isOpenTofu(): boolean {
  const found = findTerraform(undefined);
  return found === undefined || (probe(found.command, ["version"]) ?? "").startsWith("OpenTofu");
}

jest.setTimeout(5 * MINUTE);

const describeWhere = isOpenTofu() ? describe : describe.skip;

/** One lab, one story: the tests run in their order. HashiCorp's Terraform encrypts no state. */
describeWhere("states that OpenTofu encrypts (TERRAFORM_BINARY_NAME=tofu)", () => {
  let lab: TestLab;

  beforeAll(async () => {
    lab = await TestLab.start(1, (environments) => {
      editCity(environments, "milan", "  ssh:\n", "  stateKey: { rotateEveryDays: 90 }\n  ssh:\n");
    });
    await lab.deploy(SECRETS);
  }, 30 * MINUTE);

  afterAll(() => lab.stop(), MINUTE);

  /** What a job of CI's protected branch with a role has in its environment. */
  async function job(step: EncryptionStep | undefined, role: string): Promise<Record<string, string>> {
    const city = applyOverlay(lab.city("milan"), loadOverlay(lab.session.paths.overlay));
    const token = await lab.branchToken("milan", role);
    const login = { VAULT_TOKEN: token, BAO_TOKEN: token };
    return step === undefined ? login : { ...login, TF_ENCRYPTION: stateEncryption(city, step) };
  }

  async function session(step: EncryptionStep, role: string): Promise<LabSession> {
    const variables = { ...lab.session.data.variables, ...(await job(step, role)) };
    return new LabSession({ ...lab.session.data, variables });
  }

  async function plan(stack: string, step: EncryptionStep | undefined, role: string): Promise<string> {
    const args = ["plan", "-detailed-exitcode", "-input=false", "-no-color", "-lock=false"];
    return terraform(lab.session, stack, args, await job(step, role));
  }

  function stateOf(stack: string): string {
    return readFileSync(join(lab.session.paths.state, `${stack}.tfstate`), "utf8");
  }

  test("begin with that of the key's own stack, which was deployed before there was a key", async () => {
    expect(stateOf(SECRETS)).toContain("milan-ci-plan");
    await expect(plan(SECRETS, "hold", "apply")).rejects.toThrow("unencrypted");
    await (await session("begin", "apply")).deploy(SECRETS);
    expect(stateOf(SECRETS)).toContain('"encrypted_data"');
    expect(stateOf(SECRETS)).not.toContain("milan-ci-plan");
  });

  test("are read by no one without the key, also where one stack reads another's", async () => {
    await (await session("hold", "apply")).deploy(OTHERS);
    for (const stack of OTHERS) {
      expect(stateOf(stack)).toContain('"encrypted_data"');
      expect(stateOf(stack)).not.toContain("vsphere_");
    }
  });

  test("leave CI's plan empty, with the login that may only read", async () => {
    for (const stack of [SECRETS, ...OTHERS]) expect(await plan(stack, "hold", "plan")).toContain("No changes");
  });

  test("are refused to a login without the key, and to whoever does not say how they are encrypted", async () => {
    const [network = ""] = OTHERS.slice(-1);
    await expect(plan(network, "hold", "first-secrets")).rejects.toThrow(
      /v1\/milan\/transit\/datakey\/plaintext\/state\s+Code: 403[^]*permission denied/,
    );
    await expect(plan(network, undefined, "plan")).rejects.toThrow("This state file is encrypted and can not be read");
  });

  test("are opened by older versions of the key, once it was rotated", async () => {
    const { vault } = lab.session;
    await vault.post("milan/transit/keys/state/rotate");
    expect(await vault.get("milan/transit/keys/state")).toMatchObject({
      data: { latest_version: 2, auto_rotate_period: 90 * 24 * 3600, exportable: false, deletion_allowed: false },
    });
    for (const stack of [SECRETS, ...OTHERS]) expect(await plan(stack, "hold", "plan")).toContain("No changes");
  });

  test("are not lost with the key when the file loses it: Vault does not delete it, and CI opens them still", async () => {
    const held = await session("hold", "apply");
    lab.edit("milan", "  stateKey: { rotateEveryDays: 90 }\n", "");
    const refused: unknown = await held.deploy(SECRETS).catch((error: unknown) => error);
    // CI may not delete it, and nobody may: the key itself says so (above).
    expect((refused as CommandError).tail.join("\n")).toMatch(
      /deleting key "milan\/transit\/keys\/state"[^]*permission denied/,
    );
    lab.edit("milan", "  ssh:\n", "  stateKey: { rotateEveryDays: 90 }\n  ssh:\n");
    await held.deploy(SECRETS);
    expect(await plan(SECRETS, "hold", "plan")).toContain("No changes");
  });

  test("are plain again at the end, where a city gives it up", async () => {
    for (const stack of [SECRETS, ...OTHERS]) await (await session("end", "apply")).deploy(stack);
    expect(stateOf(SECRETS)).toContain("milan-ci-plan");
    for (const stack of [SECRETS, ...OTHERS]) expect(stateOf(stack)).not.toContain('"encrypted_data"');
  });

  test("whose key is lost, or another one, are told by a deployment, which applies nothing", async () => {
    const [network = ""] = OTHERS.slice(-1);
    await (await session("begin", "apply")).deploy(network);
    const bytes = stateOf(network);
    await releaseStateKeys(["milan"], (city) => lab.session.vaultOf(city));
    await lab.session.vaultOf("milan").delete("milan/transit/keys/state");
    const held = await job("hold", "apply");
    for (const encryption of [held.TF_ENCRYPTION, ANOTHER_KEY]) {
      const variables = { ...held, TF_ENCRYPTION: encryption };
      const { code, told } = await typedInLab(lab, "deploy", ["milan", "--yes", "--stacks", network], variables);
      expect({ code, told }).toEqual({
        code: 1,
        told: expect.stringMatching(/milan-network: .*its state cannot be decrypted: TF_ENCRYPTION names another key/),
      });
    }
    expect(stateOf(network)).toBe(bytes);
  });
});
