import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { planStack } from "../../terraform/plan-stack";
import { childEnvironment } from "../../lab/child-environment";
import { Redactor } from "../../runtime/redactor";
import type { DriftReport } from "../../preview/drift-report";
import type { PreviewReport } from "../../preview/report";
import { soakTest } from "../fixtures/soak";
import { ByHand } from "./by-hand";
import { planChanges, terraform } from "./plan-changes";
import { TestLab } from "./test-lab";
import { startedInLab } from "./typed-command";

/** One lab, one story: the tests run in their order. */
const MINUTE = 60_000;
const [FOUNDATION, SECRETS, NETWORK, DESKTOPS] = [
  ...["catania-foundation", "catania-secrets", "catania-network", "catania-desktops-tecnica-01"],
] as [string, string, string, string];
/** The name of a folder that the plan below changes alone. */
const ONE = "terraform_data.nothing";

jest.setTimeout(5 * MINUTE);

let lab: TestLab;
let agent: Server;
let asked = 0;

beforeAll(async () => {
  agent = createServer((_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => agent.listen(0, "127.0.0.1", resolve));
  lab = await TestLab.start(1);
  await lab.deploy([FOUNDATION, SECRETS, NETWORK, DESKTOPS]);
  const { virtualMachines } = await lab.snapshot("catania");
  const seat = virtualMachines.find(({ name }) => name === "ct-tec-0001");
  const hand = await ByHand.logIn(lab.session, "catania");
  await hand.resize(`${seat?.folder ?? ""}/ct-tec-0001`, 2048);
  hand.close();
}, 15 * MINUTE);

afterAll(async () => {
  agent.close();
  await lab.stop();
}, MINUTE);

function inLab(name: string): string {
  return join(lab.session.paths.directory, name);
}

/** A CLI configuration that puts a program in a provider's place, which leaves a trace where it is started. */
function otherProvider(): { readonly config: string; readonly trace: string } {
  const [folder, trace] = [inLab("other-provider"), inLab("other-provider-was-started")];
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "terraform-provider-vsphere");
  writeFileSync(program, `#!/bin/sh\ntouch ${trace}\nexit 1\n`);
  chmodSync(program, 0o755);
  const overrides = ["terraform", "opentofu"].map(
    (registry) => `"registry.${registry}.${registry === "terraform" ? "io" : "org"}/vmware/vsphere" = "${folder}"`,
  );
  const mirror = lab.session.data.variables.POSTAZIONI_PROVIDERS ?? "";
  const installation = `provider_installation {\n dev_overrides {\n ${overrides.join("\n ")}\n }\n filesystem_mirror { path = "${mirror}" }\n}\n`;
  const config = inLab("other-provider.rc");
  writeFileSync(config, installation);
  return { config, trace };
}

/** Everything in a job's environment that would have Terraform do something else. */
function hostile(): Record<string, string> {
  const home = inLab("other-home");
  mkdirSync(home, { recursive: true });
  const { config } = otherProvider();
  writeFileSync(join(home, ".terraformrc"), readFileSync(config));
  const { port } = agent.address() as AddressInfo;
  return {
    TF_CLI_ARGS: "-lock=false",
    TF_CLI_ARGS_plan: `-target=${ONE} -refresh=false`,
    TF_CLI_ARGS_apply: `-target=${ONE}`,
    TF_CLI_ARGS_init: "-backend=false",
    TF_CLI_CONFIG_FILE: config,
    TERRAFORM_CONFIG: config,
    TF_REATTACH_PROVIDERS:
      '{"vmware/vsphere":{"Protocol":"grpc","ProtocolVersion":5,"Pid":1,"Test":true,"Addr":{"Network":"unix","String":"/none"}}}',
    TF_WORKSPACE: "another",
    TF_DATA_DIR: inLab("other-data"),
    TF_VAR_name: "another",
    TF_LOG: "trace",
    TF_LOG_PATH: inLab("other.log"),
    VAULT_AGENT_ADDR: `http://127.0.0.1:${String(port)}`,
    VAULT_NAMESPACE: "another",
    VSPHERE_CLIENT_DEBUG: "true",
    VSPHERE_CLIENT_DEBUG_PATH: inLab("other-debug"),
    POSTAZIONI_TEARDOWN: "true",
    HOME: home,
  };
}

async function previewed(variables: NodeJS.ProcessEnv = {}) {
  const file = inLab("preview.json");
  const options = ["catania", "--out", `${file}.md`, "--json", file];
  const { code, told } = await startedInLab(lab, "preview", options, variables);
  return { code, told, report: JSON.parse(readFileSync(file, "utf8")) as PreviewReport };
}

describe("a job's environment", () => {
  test("bites Terraform itself: another server is asked, another program is started, and a plan is but a part", async () => {
    const { VAULT_AGENT_ADDR = "", TF_CLI_CONFIG_FILE = "" } = hostile();
    await lab.synth();
    const plan = ["plan", "-input=false", "-lock=false", "-no-color"];
    await expect(terraform(lab.session, SECRETS, plan, { VAULT_AGENT_ADDR })).rejects.toThrow();
    expect(asked).toBeGreaterThan(0);
    await expect(terraform(lab.session, NETWORK, plan, { TF_CLI_CONFIG_FILE })).rejects.toThrow();
    expect(existsSync(otherProvider().trace)).toBe(true);
    const partial = await terraform(lab.session, NETWORK, plan, { TF_CLI_ARGS_plan: `-target=${ONE}` });
    expect(partial).toContain("Resource targeting is in effect");
  });

  test("that has a plan be but a part makes it a failure, would it reach Terraform", async () => {
    const env = childEnvironment(lab.session.paths, {
      ...lab.session.environment(),
      TF_CLI_ARGS_plan: `-target=${ONE}`,
    });
    const { output, logs } = lab.session.paths;
    const planning = { env, output, logs, redactor: new Redactor(), terraform: lab.session.data.programs.terraform };
    const stack = { name: FOUNDATION, dependencies: [], handsOver: false };
    expect(await planStack(stack, new Map(), planning)).toMatchObject({
      failure: expect.stringContaining("part of what would be done"),
    });
  });

  soakTest("makes no preview another one, and what is taken out is named without what it holds", async () => {
    const { trace } = otherProvider();
    writeFileSync(trace, "");
    const plain = await previewed();
    asked = 0;
    const { code, told, report } = await previewed(hostile());
    expect({ code, report }).toEqual({ code: plain.code, report: plain.report });
    expect(report.stacks.find(({ stack }) => stack === DESKTOPS)?.drift).toMatchObject([{ attributes: ["memory"] }]);
    expect(asked).toBe(0);
    const [line = ""] = told.split("\n").filter((said) => said.startsWith("not passed on: "));
    expect(Object.keys(hostile()).filter((name) => !line.includes(name))).toEqual(["HOME"]);
    expect(told).not.toContain(ONE);
    for (const file of ["other.log", "other-data", "other-debug"]) expect(existsSync(inLab(file))).toBe(false);
  });

  soakTest("hides no drift", async () => {
    const { code, stdout } = await startedInLab(lab, "drift", ["catania", "--format", "json"], hostile());
    const { result, stacks } = JSON.parse(stdout) as DriftReport;
    expect({ code, result }).toEqual({ code: 2, result: "drifted" });
    expect(stacks.find(({ stack }) => stack === DESKTOPS)?.drift).toHaveLength(1);
  });

  soakTest("makes no apply another one: what was approved is done, all of it", async () => {
    const approval = inLab("approval.json");
    // What was changed by hand is set back, for which the machine restarts.
    for (const gate of [/^ {4}drift: true\n/m, /^ {4}restarted: .*\n/m]) lab.edit("catania", gate, "");
    await startedInLab(lab, "preview", ["catania", "--approval", approval, "--out", `${approval}.md`]);
    const applied = await startedInLab(lab, "apply", [DESKTOPS, "--approved", approval], hostile());
    expect(applied).toMatchObject({ code: 0, told: expect.stringContaining("1 changed, 0 destroyed") });
    expect((await planChanges(lab.session, DESKTOPS)).changes).toEqual([]);
  });

  test("says where providers come from by a folder that has to be there", async () => {
    const { code, told } = await startedInLab(lab, "preview", ["catania"], { POSTAZIONI_PROVIDERS: inLab("nowhere") });
    expect({ code, told }).toEqual({
      code: 1,
      told: expect.stringContaining("POSTAZIONI_PROVIDERS: there is no folder"),
    });
  });
});
