import { describe, expect, test } from "@jest/globals";
import { outputsRead, UNKNOWN_ADDRESS, withUpstream } from "../../preview/upstream";
import type { Outputs, StackConfig } from "../../preview/upstream";
import { sampleCity } from "../fixtures/sample-city";
import { synthesizedText } from "../fixtures/synthesized-city";

const STATE = "cross-stack-reference-input-milan-network";
const REF = `data.terraform_remote_state.${STATE}.outputs.cross-stack-output-port-groupid`;
const CONFIG = {
  data: { terraform_remote_state: { [STATE]: { backend: "local" } }, vsphere_host: { a: {} } },
  locals: { own: 1 },
  resource: { vsphere_virtual_machine: { pool: { network_id: `\${${REF}}`, ids: `\${{"a" = ${REF}}}` } } },
};

describe("a stack that stands on another", () => {
  test("takes what is planned there as a value, and looks into no state", () => {
    const planned = new Map([["milan-network", { "cross-stack-output-port-groupid": "dvportgroup-7" }]]);
    const { data, locals, resource } = withUpstream(CONFIG, planned);
    const at = 'local.upstream["milan-network"]["cross-stack-output-port-groupid"]';
    expect(data).toEqual({ vsphere_host: { a: {} } });
    expect(locals).toEqual({
      own: 1,
      upstream: { "milan-network": { "cross-stack-output-port-groupid": "dvportgroup-7" } },
    });
    expect(resource).toEqual({
      vsphere_virtual_machine: { pool: { network_id: `\${${at}}`, ids: `\${{"a" = ${at}}}` } },
    });
  });

  test("takes what is not known yet as unknown", () => {
    const { resource } = withUpstream(CONFIG, new Map([["milan-network", {}]]));
    expect(resource?.vsphere_virtual_machine).toMatchObject({ pool: { network_id: `\${${UNKNOWN_ADDRESS}.id}` } });
    expect(resource?.terraform_data).toEqual({ upstream_not_known_yet: {} });
  });

  test("reads the state of a stack that is not planned", () => {
    const { data, resource } = withUpstream(CONFIG, new Map());
    expect({ data, resource }).toEqual({ data: CONFIG.data, resource: CONFIG.resource });
  });

  test("takes what looks like an expression as text", () => {
    const planned = new Map([["milan-network", { "cross-stack-output-port-groupid": '${file("/etc/passwd")} %{if}' }]]);
    const { locals } = withUpstream(CONFIG, planned);
    expect(locals?.upstream).toEqual({
      "milan-network": { "cross-stack-output-port-groupid": '$${file("/etc/passwd")} %%{if}' },
    });
  });

  test("that stands on none stays as it is", () => {
    const config = { resource: { a: { b: {} } } };
    expect(withUpstream(config, new Map())).toBe(config);
  });

  test("reads the state of what is not planned, and the plan of what is", () => {
    const other = "cross-stack-reference-input-milan-foundation";
    const folder = `\${data.terraform_remote_state.${other}.outputs.cross-stack-output-folder}`;
    const data = { ...CONFIG.data, terraform_remote_state: { ...CONFIG.data.terraform_remote_state, [other]: {} } };
    const config = { ...CONFIG, data, resource: { ...CONFIG.resource, vsphere_tag: { a: { folder } } } };
    const both = withUpstream(config, new Map([["milan-network", { "cross-stack-output-port-groupid": "p-7" }]]));
    expect(both.data?.terraform_remote_state).toEqual({ [other]: {} });
    expect(both.resource?.vsphere_tag).toEqual({ a: { folder } });
    expect(JSON.stringify(both.resource)).not.toContain(STATE);
    expect(outputsRead(JSON.stringify(config))).toEqual(
      new Map([
        ["milan-network", new Set(["cross-stack-output-port-groupid"])],
        ["milan-foundation", new Set(["cross-stack-output-folder"])],
      ]),
    );
  });

  test("keeps no reference to a state, in any stack of a city", () => {
    for (const stack of synthesizedText(sampleCity()).values()) {
      const config = JSON.parse(stack) as StackConfig;
      const states = Object.keys(config.data?.terraform_remote_state ?? {});
      const planned = states.map((name): [string, Outputs] => [name.replace("cross-stack-reference-input-", ""), {}]);
      expect(JSON.stringify(withUpstream(config, new Map(planned)))).not.toContain("terraform_remote_state");
    }
  });
});
