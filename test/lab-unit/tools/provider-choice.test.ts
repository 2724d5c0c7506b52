import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { AUTO, chooseProviders, registryOf } from "../../../lab/tools/provider-choice";
import { providers } from "../../../lab/tools/provider-versions";
import { goPlatform } from "../../../lab/tools/tool-context";

const own = { ...process.env };
let server: Server | undefined;

beforeEach(() => {
  delete process.env.POSTAZIONI_PROVIDERS;
});

afterEach(async () => {
  process.env = { ...own };
  const started = server;
  server = undefined;
  if (started === undefined) return;
  started.closeAllConnections();
  await new Promise((resolve) => started.close(resolve));
});

async function registry(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
}

/** Answers as Terraform's registry does about a provider's versions. */
function withVersions(versionOf: (name: string) => string): RequestListener {
  return ({ url = "" }, response) => {
    const { os, arch } = goPlatform();
    const version = versionOf(url.split("/").at(-2) ?? "");
    response.end(JSON.stringify({ versions: [{ version, platforms: [{ os, arch }] }] }));
  };
}

const newest = (name: string): string =>
  providers()
    .find((one) => one.name === name)
    ?.tried.at(-1) ?? "";

describe("the source of the providers", () => {
  test("is the registry where it answers and has the pinned versions", async () => {
    expect(await chooseProviders(AUTO, await registry(withVersions(newest)))).toEqual({
      option: "registry",
      text: expect.stringMatching(
        /^Providers: vmware\/vsphere 2\.16\.1 and hashicorp\/vault 5\.10\.1 from 127\.0\.0\.1:\d+, which answered within /,
      ),
    });
  });

  test.each<[string, RequestListener, RegExp]>([
    ["has none of the versions", withVersions(() => "1.0.0"), /has no vmware\/vsphere 2\.16\.1 for \w+ on \w+;/],
    ["refuses", (_request, response) => response.writeHead(403).end("no"), /answers with HTTP 403;/],
    ["is another server", (_request, response) => response.end("<html>"), /answers with no list of versions;/],
    ["says nothing", () => undefined, /did not answer within 3 s;/],
  ])("is what is built where the registry %s, and why is told", async (_what, listener, why) => {
    const given = await registry(listener);
    const { option, text } = await chooseProviders(AUTO, given);
    expect(option).toBe("built");
    expect(text).toMatch(
      /^Providers: vmware\/vsphere 1\.26\.0 and hashicorp\/vault 3\.3\.1, built from Go modules, as /,
    );
    expect(text).toMatch(why);
  });

  test("is what is built where no registry is to be reached", async () => {
    const { option, text } = await chooseProviders(AUTO, "http://127.0.0.1:9");
    expect(option).toBe("built");
    expect(text).toMatch(/as nothing answers at 127\.0\.0\.1:9/);
  });

  test("is what was asked for, or the mirror that the environment names, without a question to the registry", async () => {
    process.env.POSTAZIONI_PROVIDERS = "/srv/mirror";
    expect(await chooseProviders("built", "http://127.0.0.1:9")).toMatchObject({ option: "built" });
    expect(await chooseProviders(AUTO, "http://127.0.0.1:9")).toEqual({
      option: "/srv/mirror",
      text: "Providers: those of the mirror /srv/mirror, which POSTAZIONI_PROVIDERS names",
    });
  });

  test("is OpenTofu's registry where OpenTofu is to be built", () => {
    expect(registryOf(undefined)).toBe("https://registry.opentofu.org");
  });
});
