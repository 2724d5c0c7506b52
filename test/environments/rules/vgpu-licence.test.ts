import { describe, expect, test } from "@jest/globals";
import type { Edit } from "../../fixtures/city-edits";
import { milanBreaking } from "../../fixtures/city-files";

const RULE = "vgpu-licence";
const FLOW = { owner: "A", purpose: "licences", ticket: "CHG-1", until: "2027-12-31" };
const SERVER: Edit = { "images.windows-drawing.+licenceServer": "vault" };

/** A flow of the drawing desktops to the service vault, whose own port is another. */
function opened(ports: readonly string[]): Edit {
  return { "pools.tecnica.flows.+": { id: "licences", to: "vault", ports, ...FLOW } };
}

describe("vgpu-licence", () => {
  test("asks nothing of an image that names no licence server, whose licence may be node-locked", () => {
    expect(milanBreaking(RULE, {})).toEqual([]);
  });

  test("refuses a pool that does not reach the server, with the flow to write", () => {
    expect(milanBreaking(RULE, SERVER)).toEqual([
      'pools[name=tecnica]: its machines ask "vault" for a licence of their vGPU, and no flow opens that from ' +
        '"desktops-tecnica"; allowed: a flow opens the ports of the preset nvidia-license-system or nvidia-license-server ' +
        "from the segment of a pool to the licenceServer of its image; repair: write { id: tecnica-licences, to: vault, " +
        "ports: [nvidia-license-system], owner: ..., purpose: ..., ticket: ..., until: ... } in the pool's flows",
    ]);
  });

  test.each([["nvidia-license-system"], ["nvidia-license-server"], ["tcp/443"]])("takes a flow with %s", (port) => {
    expect(milanBreaking(RULE, SERVER, opened([port]))).toEqual([]);
  });

  test("takes no flow with other ports", () => {
    expect(milanBreaking(RULE, SERVER, opened(["tcp/80"]))).toHaveLength(1);
  });

  test("refuses a server that the network does not have, with the nearest name", () => {
    expect(milanBreaking(RULE, { "images.windows-drawing.+licenceServer": "vaultt" })).toEqual([
      expect.stringMatching(
        /^images\.windows-drawing\.licenceServer: .*"vaultt" names no service.*repair: write "vault"$/,
      ),
    ]);
  });
});
