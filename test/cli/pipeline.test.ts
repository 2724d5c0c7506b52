import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { REPOSITORY } from "../../lab/paths";
import type { Approval, ApprovedStack } from "../../preview/approval";

const folder = mkdtempSync(join(tmpdir(), "pipeline-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function pipeline(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/bootstrap.mjs", "pipeline", ...args], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

function stack(dependencies: readonly string[], changes: number): ApprovedStack {
  const change = (index: number): ApprovedStack["changes"][number] => ({
    ...{ address: `vsphere_folder.f${String(index)}`, action: "create", object: null, attributes: {} },
  });
  return {
    ...{ configuration: "0".repeat(64), dependencies: [...dependencies], outputs: [] },
    changes: Array.from({ length: changes }, (_, index) => change(index)),
  };
}

function approved(stacks: Approval["stacks"]): string {
  const file = join(folder, "approval.json");
  writeFileSync(file, JSON.stringify({ format: "postazioni-approval-2", city: "milan", stacks }));
  return file;
}

const CITY = {
  "milan-foundation": stack([], 1),
  "milan-network": stack(["milan-foundation"], 0),
  "milan-secrets": stack([], 2),
  "milan-desktops-anagrafe-01": stack(["milan-foundation", "milan-network"], 3),
  "milan-desktops-tecnica-01": stack(["milan-foundation", "milan-network"], 0),
};

describe("the cities of a repository", () => {
  test("are those whose files name it, and of a fork none", () => {
    const ask = (repository: string, ...more: readonly string[]) =>
      pipeline("cities", "--platform", "github", "--repository", repository, ...more);
    expect(ask("comune-di-catania/postazioni")).toMatchObject({ code: 0, out: '["catania"]\n' });
    expect(ask("comune-di-catania/postazioni", "--branch", "next")).toMatchObject({ code: 0, out: "[]\n" });
    expect(ask("somebody/postazioni")).toMatchObject({ code: 0, out: "[]\n" });
  });
});

describe("the stacks that an approval changes", () => {
  test("come in rounds by what they stand on, also by way of stacks that do not change", () => {
    expect(pipeline("rounds", "--approved", approved(CITY))).toMatchObject({
      code: 0,
      out: [
        'round_1=["milan-foundation","milan-secrets"]',
        'round_2=["milan-desktops-anagrafe-01"]',
        "round_3=[]",
        "round_4=[]",
        "changes=true",
        "",
      ].join("\n"),
    });
  });

  test("are none where nothing changes, and one of which an output does", () => {
    const none = { "milan-network": stack([], 0) };
    expect(pipeline("rounds", "--approved", approved(none)).out).toMatch(/^round_1=\[\]$[^]*^changes=false$/m);
    const output = { "milan-network": { ...stack([], 0), outputs: ["port-group"] } };
    expect(pipeline("rounds", "--approved", approved(output)).out).toMatch(/^round_1=\["milan-network"\]$/m);
  });

  test("are refused where a matrix cannot take them", () => {
    const many = Object.fromEntries(
      Array.from({ length: 257 }, (_, index) => [`milan-${String(index)}`, stack([], 1)]),
    );
    const { code, err } = pipeline("rounds", "--approved", approved(many));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("more than 256 stacks") });
  });

  test("are jobs of GitLab, each after those that it stands on and after the approval, one at a time of a stack", () => {
    const { code, out } = pipeline("gitlab-apply", "milan", "--approved", approved(CITY));
    const jobs = parse(out) as Record<string, object>;
    expect(code).toBe(0);
    const applied = ["apply:milan-foundation", "apply:milan-desktops-anagrafe-01", "apply:milan-secrets"];
    expect(Object.keys(jobs).slice(3).sort()).toEqual(["approve", ...applied, "first-secrets"].sort());
    expect(jobs["apply:milan-desktops-anagrafe-01"]).toMatchObject({
      variables: { CITY: "milan", STACK: "milan-desktops-anagrafe-01" },
      environment: { name: "milan" },
      id_tokens: { VAULT_ID_TOKEN: { aud: "https://vault.comune.milano.example:8200" } },
      resource_group: "milan-desktops-anagrafe-01",
      needs: [{ job: "approve" }, { pipeline: "$PLAN_PIPELINE", job: "plan:milan" }, { job: "apply:milan-foundation" }],
    });
  });

  test("ask nobody on GitLab where there is none", () => {
    const out = parse(pipeline("gitlab-apply", "milan", "--approved", approved({})).out) as Record<string, object>;
    expect(Object.keys(out)).toEqual(["include", "workflow", "stages", "no-changes"]);
  });
});
