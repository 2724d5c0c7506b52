import { describe, expect, test } from "@jest/globals";
import { SupportPermissions, SupportRole } from "../../../constructs/support/support-role";
import { synthesize } from "../../fixtures/synthesized";

describe("SupportRole", () => {
  test("holds just the privileges that its tasks need, granted on the folder and below", () => {
    const stack = synthesize((scope) => {
      const role = new SupportRole(scope, "help-desk", {
        name: "milan-help-desk",
        group: "MILANO\\vdi-helpdesk",
        may: ["snapshot-revert", "console"],
      });
      new SupportPermissions(scope, "permissions", { object: { type: "Folder", id: "group-v3" }, roles: [role] });
    });
    expect(stack.resource("vsphere_role")).toMatchObject({
      name: "milan-help-desk",
      role_privileges: ["VirtualMachine.Interact.ConsoleInteract", "VirtualMachine.State.RevertToSnapshot"],
    });
    expect(stack.resource("vsphere_entity_permissions")).toMatchObject({
      entity_id: "group-v3",
      entity_type: "Folder",
      permissions: [{ user_or_group: "MILANO\\vdi-helpdesk", is_group: true, propagate: true }],
    });
  });

  test("is granted to somebody", () => {
    const build = () =>
      synthesize(
        (scope) => new SupportPermissions(scope, "permissions", { object: { type: "Folder", id: "f" }, roles: [] }),
      );
    expect(build).toThrow("test/permissions: permissions need at least one role");
  });
});
