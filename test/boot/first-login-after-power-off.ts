import type { Case } from "./first-login-cases";
import { ALL, JOINED } from "./first-login-steps";

/** Machines whose guestinfo is as it was before their guests wrote into it. */
export const AFTER_POWER_OFF: readonly Case[] = [
  {
    name: "says again that it joined where a power-off took what it said, and brought the used-up secret back",
    ...{ opened: "own", guestinfo: { accessor: "own" }, member: true },
    ...{ code: 0, written: ["state joined"], asked: [], tells: "joined before" },
  },
  {
    name: "waits for another first secret where a power-off took what it said before it joined",
    ...{ opened: "own", guestinfo: { accessor: "own" } },
    ...{ code: 2, written: ["wrapped", "state failed"], asked: [], tells: "restarted before it joined" },
  },
  {
    name: "opens another first secret than it opened before",
    ...{ opened: "own", guestinfo: { accessor: "another" } },
    ...{ code: 0, written: JOINED, joins: ["word", "vdi.example"], asked: ALL, tells: "joined" },
  },
];
