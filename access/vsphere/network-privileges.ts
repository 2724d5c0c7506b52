import { distinct, TAGGING, when } from "./privilege";
import type { Privilege } from "./privilege";

/** Features of a network that need privileges. */
export interface NetworkUse {
  /** The stack creates the switch itself. */
  readonly ownSwitch: boolean;
  /** There are port groups. */
  readonly portGroups: boolean;
  /** Permissions of support roles on port groups. */
  readonly supportPermissions: boolean;
}

/** Privileges to deploy, change and destroy a network. */
export function networkPrivileges({ ownSwitch, portGroups, supportPermissions }: NetworkUse): Privilege[] {
  return distinct([
    ...when(ownSwitch || portGroups, ...TAGGING),
    ...when(
      ownSwitch,
      { id: "DVSwitch.Create", why: "The switch." },
      { id: "DVSwitch.Modify", why: "The switch: MTU, uplinks and private VLANs, when they change." },
      { id: "DVSwitch.PortSetting", why: "The switch's default for ports, which is sent with every change." },
      { id: "DVSwitch.HostOp", why: "The switch's hosts and their adapters, when they change." },
      { id: "DVSwitch.Delete", why: "The switch, when it goes." },
      { id: "Host.Config.Network", why: "Hosts that join the switch; asked of each host." },
    ),
    ...when(
      portGroups,
      { id: "DVPortgroup.Create", why: "Port groups." },
      { id: "DVPortgroup.Modify", why: "Port groups, when VLAN or addresses change." },
      { id: "DVPortgroup.PolicyOp", why: "Port groups' policy, which is sent with every change." },
      { id: "DVPortgroup.Delete", why: "Port groups, when they go." },
    ),
    ...when(supportPermissions, {
      id: "Authorization.ModifyPermissions",
      why: "Permissions of assistance on port groups.",
    }),
  ]);
}
