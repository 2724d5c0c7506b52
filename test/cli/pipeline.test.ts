import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { Approval, ApprovedStack } from "../../preview/approval";
import { CITIES } from "../fixtures/city-files";
import { typedHere } from "../fixtures/typed-here";

const folder = mkdtempSync(join(tmpdir(), "pipeline-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const pipeline = (...args: readonly string[]) => typedHere(["pipeline", ...args], { POSTAZIONI_ENVIRONMENTS: CITIES });

function stack(dependencies: readonly string[], changes: number): ApprovedStack {
  const change = (index: number): ApprovedStack["changes"][number] => ({
    ...{ address: `vsphere_folder.f${String(index)}`, action: "create", object: null, attributes: {} },
  });
  return {
    ...{ configuration: "0".repeat(64), lock: "", dependencies: [...dependencies], outputs: [] },
    changes: Array.from({ length: changes }, (_, index) => change(index)),
  };
}

function approved(stacks: Approval["stacks"]): string {
  const file = join(folder, "approval.json");
  writeFileSync(file, JSON.stringify({ format: "postazioni-approval-3", city: "milan", stacks }));
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
  test("are those whose files name it, and of a fork none", async () => {
    const ask = async (repository: string, ...more: readonly string[]) =>
      await pipeline("cities", "--platform", "github", "--repository", repository, ...more);
    expect(await ask("comune-di-catania/postazioni")).toMatchObject({ code: 0, out: '["catania"]\n' });
    expect(await ask("comune-di-catania/postazioni", "--branch", "next")).toMatchObject({ code: 0, out: "[]\n" });
    expect(await ask("somebody/postazioni")).toMatchObject({ code: 0, out: "[]\n" });
  });
});

describe("the stacks that an approval changes", () => {
  test("are told in an order in which they can be applied, also by way of stacks that do not change", async () => {
    expect(await pipeline("stacks", "--approved", approved(CITY))).toMatchObject({
      code: 0,
      out: "milan-foundation\nmilan-desktops-anagrafe-01\nmilan-secrets\n",
    });
  });

  test("are none where nothing changes, and one of which an output does", async () => {
    expect((await pipeline("stacks", "--approved", approved({ "milan-network": stack([], 0) }))).out).toBe("");
    const output = { "milan-network": { ...stack([], 0), outputs: ["port-group"] } };
    expect((await pipeline("stacks", "--approved", approved(output))).out).toBe("milan-network\n");
  });

  test("are one job of GitLab in the environment with the reviewers, which somebody starts, one at a time of a city", async () => {
    const { code, out } = await pipeline("gitlab-apply", "milan", "--approved", approved(CITY));
    const jobs = parse(out) as Record<string, object>;
    expect(code).toBe(0);
    expect(Object.keys(jobs)).toEqual(["include", "workflow", "stages", "apply:milan"]);
    expect(jobs["apply:milan"]).toEqual({
      extends: ".apply",
      variables: { CITY: "milan" },
      environment: { name: "milan" },
      id_tokens: { VAULT_ID_TOKEN: { aud: "https://vault.comune.milano.example:8200" } },
      resource_group: "milan",
      needs: [
        { pipeline: "$INSTALL_PIPELINE", job: "cities" },
        { pipeline: "$PLAN_PIPELINE", job: "plan:milan" },
      ],
    });
  });

  test("ask nobody on GitLab where there is none", async () => {
    const out = parse((await pipeline("gitlab-apply", "milan", "--approved", approved({}))).out) as Record<
      string,
      object
    >;
    expect(Object.keys(out)).toEqual(["include", "workflow", "stages", "no-changes"]);
  });
});

describe("the jobs of a GitLab project", () => {
  const image = `registry.example/postazioni@sha256:${"a1".repeat(32)}`;
  const ask = async (name: string) =>
    await pipeline("gitlab", "deploy", "--image", name, "--repository", "sistemi-informativi/postazioni");

  test("run in an image that is named by its digest", async () => {
    expect((await ask(image)).code).toBe(0);
    for (const name of ["", "node", "docker.io/library/node:22", image.slice(0, -1), `${image}0`, image.toUpperCase()])
      expect(await ask(name)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("It has no digest") });
  });
});
