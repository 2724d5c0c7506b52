import { describe, expect, test } from "@jest/globals";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { TerraformStack } from "cdktf";
import { DesktopTemplates } from "../../../constructs/desktops/desktop-templates";
import type { DesktopTemplate } from "../../../constructs/desktops/desktop-templates";
import { emptyStack, synthesized } from "../../fixtures/synthesized";

function lookedUp(...templates: DesktopTemplate[]) {
  const stack = emptyStack();
  const { expressions } = new DesktopTemplates(stack, "templates", { templates, datacenterId: "datacenter-2" });
  return { expressions: new Map(Object.entries(resolved(stack, expressions))), stack: synthesized(stack) };
}

function resolved(stack: TerraformStack, expressions: DesktopTemplates["expressions"]): Record<string, unknown> {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(Object.fromEntries(expressions), { scope: stack, resolver }) as Record<string, unknown>;
}

describe("DesktopTemplates", () => {
  test("looks a template up in the inventory, once, and takes its disk controller from it", () => {
    const { expressions, stack } = lookedUp({ name: "win11" }, { name: "win11" });
    expect(stack.data("vsphere_virtual_machine")).toMatchObject([{ name: "win11", datacenter_id: "datacenter-2" }]);
    expect([...expressions]).toEqual([
      [
        "win11",
        {
          id: expect.stringMatching(/^\$\{data\.vsphere_virtual_machine\.templates_win11_\w+\}\.id$/),
          scsiType: expect.stringMatching(/^\$\{data\.vsphere_virtual_machine\.templates_win11_\w+\}\.scsi_type$/),
        },
      ],
    ]);
  });

  test("looks an item up in its content library, whose items share one look-up", () => {
    const [library, other] = ["desktop-images", "old"];
    const { expressions, stack } = lookedUp(
      { name: "win11", library },
      { name: "win10", library },
      { name: "win11", library: other },
      { name: "win11" },
    );
    expect(stack.data("vsphere_content_library")).toMatchObject([{ name: "desktop-images" }, { name: "old" }]);
    expect(stack.data("vsphere_content_library_item")).toMatchObject([
      { name: "win10", type: "vm-template" },
      { name: "win11", type: "vm-template" },
      { name: "win11", type: "vm-template" },
    ]);
    expect([...expressions.keys()]).toEqual(["desktop-images/win11", "desktop-images/win10", "old/win11", "win11"]);
    expect(expressions.get("old/win11")).toEqual({
      id: expect.stringMatching(/^\$\{data\.vsphere_content_library_item\.templates_item-old-win11_\w+\}\.id$/),
      scsiType: '"pvscsi"',
    });
  });
});
