import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { stackPlanning, withStackPlanning } from "../../cli/preview/stack-planning";
import { temporaryFolder } from "../lab-unit/temporary-folder";

const folder = temporaryFolder();
const before = { ...process.env };
let told: string[];

beforeEach(() => {
  told = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => void told.push(line));
  process.env = { PATH: "/usr/bin", CDKTF_OUTPUT: folder("cdktf.out") };
});

afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
});

function planning() {
  return stackPlanning("preview.out", new AbortController().signal);
}

describe("two commands in one folder", () => {
  test("work one after the other, and the second says that it waits", async () => {
    const { signal } = new AbortController();
    const order: string[] = [];
    let end = (): void => undefined;
    const first = withStackPlanning("apply.out", signal, async () => {
      await new Promise<void>((resolve) => (end = resolve));
      order.push("first");
    });
    const second = withStackPlanning("apply.out", signal, () => Promise.resolve(void order.push("second")));
    const other = withStackPlanning("preview.out", signal, () => Promise.resolve(void order.push("other folder")));
    await other;
    expect(told).toContainEqual(
      expect.stringMatching(/^waiting for another command that works in .*apply\.out \(process \d+\)$/),
    );
    end();
    await Promise.all([first, second]);
    expect(order).toEqual(["other folder", "first", "second"]);
  });
});

describe("how stacks are planned", () => {
  test("is said of variables by name, and never by what they hold", () => {
    const variables = {
      TF_CLI_ARGS_plan: "-target=x",
      POSTAZIONI_TEARDOWN: "true",
      "TF_VAR_\u001b[2J": "y",
      EDITOR: "vi",
    };
    Object.assign(process.env, variables, { VAULT_TOKEN: "hvs.secret-secret", TERRAFORM_BINARY_NAME: "tofu" });
    const { env, terraform, redactor } = planning();
    expect(told).toEqual([
      "from the environment: CDKTF_OUTPUT, TERRAFORM_BINARY_NAME",
      String.raw`not passed on: TF_CLI_ARGS_plan, TF_VAR_\u{1b}[2J, POSTAZIONI_TEARDOWN`,
    ]);
    expect(Object.keys(env).filter((name) => name in variables)).toEqual([]);
    expect({ terraform, token: env.VAULT_TOKEN }).toEqual({ terraform: "tofu", token: "hvs.secret-secret" });
    expect(redactor.apply("hvs.secret-secret")).not.toContain("secret");
  });

  test("is said of secrets that are too short to be taken out of what is shown, by name", () => {
    Object.assign(process.env, { VSPHERE_PASSWORD: "short", VAULT_TOKEN: "", PGPASSWORD: "long enough" });
    const { redactor } = planning();
    expect(told).toContain("shorter than 8 characters, so not taken out of what is shown: VSPHERE_PASSWORD");
    expect(redactor.secrets).toEqual(["long enough"]);
  });

  test("is with an empty home folder, and a configuration that takes providers from the registry alone", () => {
    mkdirSync(folder("preview.out/home/.aws"), { recursive: true });
    const { HOME = "", TF_CLI_CONFIG_FILE = "" } = planning().env;
    expect(readdirSync(HOME)).toEqual([]);
    expect(statSync(HOME).mode & 0o777).toBe(0o700);
    expect(readFileSync(TF_CLI_CONFIG_FILE, "utf8")).toMatch(/provider_installation \{\s+direct \{\}\s+\}/);
  });

  test("is with providers from a mirror alone where one is named, and with none that is not there", () => {
    mkdirSync(folder("mirror"));
    process.env.POSTAZIONI_PROVIDERS = folder("mirror");
    const text = readFileSync(planning().env.TF_CLI_CONFIG_FILE ?? "", "utf8");
    expect(text).toContain(`path = ${JSON.stringify(folder("mirror"))}`);
    expect(text).not.toContain("direct");
    process.env.POSTAZIONI_PROVIDERS = folder("nowhere");
    expect(planning).toThrow(`POSTAZIONI_PROVIDERS: there is no folder ${folder("nowhere")}`);
  });

  test.each([
    ["GITHUB_ACTIONS", false],
    ["GITLAB_CI", false],
    ["TERM", true],
  ])("with %s believes what was installed before: %s", (variable, isBelieved) => {
    const stack = folder("preview.out/stacks/milan-network");
    mkdirSync(stack, { recursive: true });
    for (const file of ["initialized.json", "errored.tfstate"]) writeFileSync(`${stack}/${file}`, "{}");
    process.env[variable] = "true";
    planning();
    expect(existsSync(`${stack}/initialized.json`)).toBe(isBelieved);
    expect(existsSync(`${stack}/errored.tfstate`)).toBe(true);
  });
});
