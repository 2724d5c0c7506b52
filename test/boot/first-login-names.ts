import type { Case } from "./first-login-cases";
import { ALL, JOINED, OPENED } from "./first-login-steps";

const UNIT = String.raw`OU=Ragioneria\, bilancio & tributi,OU=Postazioni d'ufficio,DC=vdi,DC=example`;

const UNITS: readonly Case[] = [
  {
    name: "joins in its pool's organizational unit",
    ...{ guestinfo: { "organizational-unit": UNIT }, unit: UNIT },
    ...{ code: 0, written: JOINED, joins: ["word", "vdi.example"], asked: ALL, tells: "joined" },
  },
  ...["CN=Computers,DC=vdi,DC=example", "--help", "OU"].map((unit) => ({
    name: `asks nobody where guestinfo says the unit ${JSON.stringify(unit)}`,
    ...{ guestinfo: { "organizational-unit": unit }, code: 1, written: ["state failed"], asked: [] },
    tells: "is no organizational unit",
  })),
];

/** Machines of a wrong name, and those whose account has a place of its own. */
export const NAMES: readonly Case[] = [
  ...UNITS,
  {
    name: "opens nothing under another name than its seat's",
    ...{ called: "WIN-TEMPLATE", code: 1, written: ["state failed"], asked: [], tells: "and its seat mi-ana-0001" },
  },
  {
    name: "takes a name in capitals, and one with a domain",
    ...{ called: "MI-ANA-0001", code: 0, written: JOINED, joins: ["word", "vdi.example"], asked: ALL, tells: "joined" },
  },
  {
    name: "undoes a join under a name that it got meanwhile, and says so",
    ...{ renamed: "win-template", code: 5, written: [...OPENED, "state failed"], joins: ["word", "vdi.example"] },
    ...{ asked: ALL, leaves: true, tells: "joined as win-template, and its seat is mi-ana-0001: undone" },
  },
  {
    name: "leaves what it joined under another name before it restarted",
    ...{ called: "win-template", guestinfo: { state: "opened", wrapped: "" }, member: true, leaves: true },
    ...{ code: 2, written: ["state failed"], asked: [], tells: "restarted as win-template" },
  },
  ...["", "mi ana", "../x"].map((seat) => ({
    name: `asks nobody where guestinfo says the seat ${JSON.stringify(seat)}`,
    ...{ guestinfo: { seat }, code: 1, written: ["state failed"], asked: [], tells: "guestinfo.postazioni.seat" },
  })),
];
