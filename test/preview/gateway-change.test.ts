import { describe, expect, test } from "@jest/globals";
import { markdown } from "../../preview/markdown";
import { previewReport } from "../../preview/report";
import { stackPreview } from "../../preview/stack-preview";
import { deployedSample } from "../fixtures/deployed";
import { planOf } from "../fixtures/terraform-plan";

const TOLD = {
  "guestinfo.postazioni.rules": "rules",
  "guestinfo.userdata": "data",
  "guestinfo.metadata": "instance",
};
const GATEWAY = { num_cpus: 2, extra_config: TOLD, extra_config_reboot_required: false };
const type = "vsphere_virtual_machine";

type Settings = Readonly<Record<string, unknown>>;

function plan(after: Settings, before: Settings = GATEWAY) {
  return planOf([{ type, actions: ["update"], before, after }]);
}

function effect(after: Settings, before: Settings = GATEWAY): string | undefined {
  const [change] = stackPreview({ stack: "milan-gateway-a", plan: plan(after, before) }).changes;
  return change?.gateway;
}

describe("a gateway that changes", () => {
  const rules = { ...GATEWAY, extra_config: { ...TOLD, "guestinfo.postazioni.rules": "others" } };

  test("by its rules alone is said to load them in place, in the preview's text too", () => {
    expect(effect(rules)).toBe("rules in place, without a restart");
    const placeOf = () => ({ file: "milan.yaml", line: 1, column: 1 });
    const report = previewReport({ wanted: deployedSample(), base: undefined, placeOf }, [
      { stack: "milan-gateway-a", plan: plan(rules) },
    ]);
    expect(markdown(report, "Campione")).toContain("rules in place, without a restart, `extra_config`");
  });

  test("by what cloud-init applies is said to restart once the other one carries", () => {
    for (const key of ["guestinfo.userdata", "guestinfo.metadata"])
      expect(effect({ ...GATEWAY, extra_config: { ...TOLD, [key]: "other" } })).toBe(
        "restarts once the other gateway carries",
      );
  });

  test("by its hardware, or with a provider that knows no other way, is said to be restarted by the provider", () => {
    expect(effect({ ...GATEWAY, num_cpus: 4 })).toBe("restarts: the provider does it");
    expect(effect({ ...rules, extra_config_reboot_required: null })).toBe("restarts: the provider does it");
  });

  test("is nothing of these where it is no gateway", () => {
    expect(effect({ num_cpus: 4, extra_config: {} }, { num_cpus: 2, extra_config: {} })).toBeUndefined();
  });
});
