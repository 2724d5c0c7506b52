import type { Change } from "./change";

/** What a change of how people reach their seats does. */
export const ACCESS_CHANGES: readonly Change[] = [
  {
    what: "`access.machines`, added",
    keys: ["access", "access.machines"],
    effect:
      "creates the two access machines' stacks, after foundation and network; people reach their seats by them once they have the connection files",
  },
  {
    what: "the access machines: seats, holders, `pools.*.accessName`, `returnMinutes`, an emergency's seats",
    keys: ["pools.*.accessName", "pools.*.returnMinutes"],
    effect:
      "in place, by `npm run apply` or `npm run gateways`: no session is cut. With another name people need new connection files",
  },
  {
    what: "`access.name`",
    keys: ["access.name"],
    effect: "nothing in vCenter; people need new connection files, and DNS the name",
  },
  {
    what: "`access.service`, `from`, `remote`",
    keys: ["access.service", "access.from", "access.remote"],
    effect:
      "with other addresses both machines restart, one after the other, and every session is cut once; otherwise nothing",
  },
  {
    what: "`access.machines.cpus`, `memoryGib`, `diskGib`, `virtualRouterId`, `nameServers`",
    keys: [
      "access.machines.cpus",
      "access.machines.memoryGib",
      "access.machines.diskGib",
      "access.machines.virtualRouterId",
      "access.machines.nameServers",
    ],
    effect: "in place; each is restarted, and the sessions that it carries are cut once: outside working hours",
  },
  {
    what: "`access.machines.vaultService`, added or removed",
    keys: ["access.machines.vaultService"],
    effect:
      "both machines restart, one after the other, and what each carries is cut once; then `secrets first CITY --pool access-machines`. Until both have a certificate they do not tell each other who has which seat: outside working hours",
  },
  {
    what: "`access.machines.template` (with its `guestId`, `firmware`), `clusters`",
    keys: [
      "access.machines.template",
      "access.machines.guestId",
      "access.machines.firmware",
      "access.machines.clusters",
    ],
    effect: "another template replaces both, each in its own stack; another cluster moves them",
  },
  {
    what: "`access.broker`, another one, or instead of `machines`",
    keys: ["access.broker"],
    effect:
      "nothing in vCenter, and `report access-points` writes what it imports; machines that leave the file want `npx cdktf destroy` of their stacks first",
  },
];
