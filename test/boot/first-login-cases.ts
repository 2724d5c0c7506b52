import { AFTER_POWER_OFF } from "./first-login-after-power-off";
import { NAMES } from "./first-login-names";
import { REFUSALS } from "./first-login-refusals";
import { ALL, JOINED, OPENED } from "./first-login-steps";
import type { Step } from "./first-login-steps";

/** What a server answers; only the beginning of it and then nothing with `cut`. */
export interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status of a redirect to another server, which speaks http or https. */
  readonly redirect?: readonly [number, "http" | "https"];
  readonly cut?: boolean;
  /** How often it has too many requests before. @default 0 */
  readonly busy?: number;
}

/** A machine that boots, and what becomes of it. */
export interface Case {
  readonly name: string;
  /** Guestinfo that differs from a good machine's. */
  readonly guestinfo?: Readonly<Record<string, string>>;
  readonly answers?: Partial<Record<Step, Answer>>;
  /** How many seconds its clock is ahead of Vault's. @default 0 */
  readonly clockAhead?: number;
  readonly member?: boolean;
  readonly joinFails?: boolean;
  /** Its computer's name, and what it becomes once it joins. @default - its seat's */
  readonly called?: string;
  readonly renamed?: string;
  /** Windows' ImageState. @default - complete */
  readonly setup?: string;
  /** Whether it leaves the domain again. @default false */
  readonly leaves?: boolean;
  /** The organizational unit that it joins. @default - none is named */
  readonly unit?: string;
  /** Which Vault and city it keeps. @default - none yet */
  readonly kept?: string;
  /** The accessor of the first secret that it opened before. @default - it opened none */
  readonly opened?: string;
  /** The city's namespace in Vault. @default - the server's root */
  readonly namespace?: string;
  /** It has no server to reach. @default false */
  readonly noServer?: boolean;
  readonly code: number;
  /** What it writes of its guestinfo. */
  readonly written: readonly string[];
  /** The password and domain that it joins with. @default - it does not join */
  readonly joins?: readonly [string, string];
  /** What is asked of Vault, in turn. */
  readonly asked: readonly Step[];
  /** Part of what it tells. */
  readonly tells: string;
}

const NOT_WHOLE = '{"data":{"creation_pa';
const IN_AN_HOUR = String(Math.floor(Date.now() / 1000) + 1800);
const BEFORE_HALF_AN_HOUR = String(Math.floor(Date.now() / 1000) - 1800);
/** Every kind of character that JSON and a shell could take for something else, and those of three encodings' lengths. */
const HARD = "pà€😀\"\\ $(x)`y`'%41&<>\t;#";

function account(fields: object): Answer {
  return { body: JSON.stringify({ data: fields }) };
}

const joins: readonly Case[] = [
  {
    name: "joins with an account of the directory engine",
    code: 0,
    written: JOINED,
    joins: ["word", "vdi.example"],
    asked: ALL,
    tells: "joined vdi.example",
  },
  {
    name: "joins with an account of the key-value store, in the domain that it names",
    answers: {
      account: account({ data: { username: "join", password: "word", directory: "own.example" }, metadata: {} }),
    },
    ...{ code: 0, written: JOINED, joins: ["word", "own.example"], asked: ALL, tells: "joined own.example" },
  },
  {
    name: "joins with a password of every kind of character, as UTF-8",
    answers: { account: account({ username: "join", password: HARD }) },
    ...{ code: 0, written: JOINED, joins: [HARD, "vdi.example"], asked: ALL, tells: "joined" },
  },
  {
    name: "joins with a password whose characters are written as escapes",
    answers: {
      account: { body: String.raw`{"data":{"username":"join","password":"\u003c\u00e0\ud83d\ude00\u0026"}}` },
    },
    ...{ code: 0, written: JOINED, joins: ["<à😀&", "vdi.example"], asked: ALL, tells: "joined" },
  },
  {
    name: "asks again while Vault has too many requests",
    answers: { lookup: { busy: 2 }, account: { busy: 1 } },
    ...{ code: 0, written: JOINED, joins: ["word", "vdi.example"], tells: "too many requests: waiting" },
    asked: ["lookup", "lookup", "lookup", "unwrap", "login", "account", "account", "revoke"],
  },
  {
    name: "joins where its token cannot be given back, and says so",
    answers: { revoke: { status: 500 } },
    ...{ code: 0, written: JOINED, joins: ["word", "vdi.example"], asked: ALL, tells: "could not be given back (500)" },
  },
  {
    name: "asks the Vault that it keeps",
    kept: "https://vault.example:8200 milan",
    ...{ code: 0, written: JOINED, joins: ["word", "vdi.example"], asked: ALL, tells: "joined" },
  },
  {
    name: "says where the domain was not joined",
    joinFails: true,
    code: 5,
    written: [...OPENED, "state failed"],
    joins: ["word", "vdi.example"],
    asked: ALL,
    tells: "not joined",
  },
  {
    name: "joins a city that has a namespace of Vault, and asks nothing outside of it",
    namespace: "cities/milan",
    code: 0,
    written: JOINED,
    joins: ["word", "vdi.example"],
    asked: ALL,
    tells: "joined vdi.example",
  },
];

const again: readonly Case[] = [
  {
    name: "does nothing once it joined",
    guestinfo: { state: "joined" },
    code: 0,
    written: [],
    asked: [],
    tells: "joined before",
  },
  {
    name: "waits for another first secret where it restarted before it joined",
    guestinfo: { state: "opened", wrapped: "" },
    ...{ code: 2, written: ["state failed"], asked: [], tells: "restarted before it joined" },
  },
  {
    name: "says that it joined where it restarted before it could",
    ...{
      guestinfo: { state: "opened", wrapped: "" },
      member: true,
      code: 0,
      written: ["state joined"],
      asked: [],
      tells: "joined before",
    },
  },
  {
    name: "says where no first secret comes",
    guestinfo: { wrapped: "" },
    code: 2,
    written: [],
    asked: [],
    tells: "no first secret came",
  },
];

const thefts: readonly Case[] = [400, 403, 404].flatMap((status): Case[] => [
  {
    name: `is an alert where Vault does not know the wrapping token any more (${String(status)})`,
    ...{
      answers: { lookup: { status } },
      code: 3,
      written: ["state alert"],
      asked: ["lookup"],
      tells: "ALERT: somebody else opened",
    },
  },
  {
    name: `is an alert where it was opened between two calls (${String(status)})`,
    ...{
      answers: { unwrap: { status } },
      code: 3,
      written: ["state alert"],
      asked: ["lookup", "unwrap"],
      tells: "ALERT: somebody else opened",
    },
  },
]);

const clocks: readonly Case[] = [
  {
    name: "is an alert where another's secret lies there",
    answers: { lookup: { body: '{"data":{"creation_path":"sys/wrapping/wrap"}}' } },
    ...{ code: 3, written: ["state alert"], asked: ["lookup"], tells: "it was wrapped elsewhere" },
  },
  {
    name: "knows a theft by Vault's clock where its own is two hours ahead",
    ...{ clockAhead: 7200, guestinfo: { expires: IN_AN_HOUR }, answers: { lookup: { status: 400 } } },
    ...{ code: 3, written: ["state alert"], asked: ["lookup"], tells: "ALERT" },
  },
  {
    name: "is an alert where the secret id's time is over too, as long as Vault knows who opened it",
    guestinfo: { "login-by": BEFORE_HALF_AN_HOUR, expires: IN_AN_HOUR },
    answers: { lookup: { status: 400 } },
    ...{ code: 3, written: ["state alert"], asked: ["lookup"], tells: "ALERT" },
  },
  {
    name: "says why it may be that Vault lets it not log in",
    answers: { login: { status: 400 } },
    ...{ code: 1, written: [...OPENED, "state failed"], asked: ["lookup", "unwrap", "login"] },
    tells: "refused the login with 400: the secret id's time is over, or Vault does not see this machine in the ranges",
  },
  {
    name: "knows what expired by Vault's clock where its own is two hours behind",
    ...{ clockAhead: -7200, guestinfo: { expires: BEFORE_HALF_AN_HOUR }, answers: { lookup: { status: 400 } } },
    ...{ code: 4, written: ["state expired"], asked: ["lookup"], tells: "expired" },
  },
];

const BEFORE_OPENED: readonly Step[] = ["lookup", "unwrap"];
/** Whatever goes wrong at a step: what is asked by then and, once a token was given, its giving back. */
function failing(name: string, answer: Answer, step: Step): Case {
  const asked = ALL.slice(0, ALL.indexOf(step) + 1);
  return {
    name: `fails where ${name} at the ${step}`,
    answers: { [step]: answer },
    ...{ code: 1, asked: step === "account" ? ALL : asked, tells: "" },
    written: BEFORE_OPENED.includes(step) ? ["state failed"] : [...OPENED, "state failed"],
  };
}

const failures: readonly Case[] = (["lookup", "unwrap", "login", "account"] as const).flatMap((step) => [
  ...[500, 502, 503].map((status) => failing(`Vault answers ${String(status)}`, { status }, step)),
  failing("307 leads to another path", { status: 307, headers: { Location: "/elsewhere" } }, step),
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    (["http", "https"] as const).map((protocol) =>
      failing(`${String(status)} leads to another server by ${protocol}`, { redirect: [status, protocol] }, step),
    ),
  ),
  failing("the answer ends in the middle", { cut: true }, step),
]);

const truncated: readonly Case[] = [
  failing("JSON ends in the middle", { body: NOT_WHOLE }, "lookup"),
  { ...failing("JSON ends in the middle", { body: NOT_WHOLE }, "unwrap"), written: [...OPENED, "state failed"] },
  failing("JSON ends in the middle", { body: NOT_WHOLE }, "login"),
  failing("JSON ends in the middle", { body: NOT_WHOLE }, "account"),
  failing("a page of HTML comes", { body: "<html>Service</html>" }, "lookup"),
  failing("nothing comes", { body: "" }, "account"),
  failing("access is denied", { status: 403 }, "login"),
  failing("access is denied", { status: 403 }, "account"),
  failing("there is no password", account({ username: "join" }), "account"),
  failing("the login is two lines", account({ username: "join\nroot", password: "word" }), "account"),
  failing(
    "the domain is an option",
    account({ data: { username: "join", password: "word", directory: "--help" } }),
    "account",
  ),
  {
    name: "fails where nothing listens",
    noServer: true,
    code: 1,
    written: ["state failed"],
    asked: [],
    tells: "was not reached",
  },
];

const guestinfo: readonly Case[] = [
  { wrapped: 'a"b' },
  { wrapped: "a/b" },
  { city: "" },
  { city: "milan/x" },
  { pool: "a b" },
  { "role-id": "" },
  { expires: "soon" },
  { expires: "" },
  { account: "catania/kv/data/x" },
  { account: "milan/../catania/kv/data/x" },
  { account: "" },
  { vault: "ftp://vault.example" },
  { vault: "http://vault.example:8200" },
  { vault: "http://127.0.0.1:8200" },
  { vault: "http://localhost:8200" },
  { vault: "HTTP://127.0.0.1:8200" },
  { vault: "file:///etc/passwd" },
  { vault: "https://vault.example:8200/?x" },
  { vault: "https://user@vault.example" },
].map((changed) => ({
  name: `asks nobody where guestinfo says ${JSON.stringify(changed)}`,
  ...{ guestinfo: changed, code: 1, written: ["state failed"], asked: [], tells: "guestinfo.postazioni" },
}));

const kept: readonly Case[] = ["https://other.example milan", "https://vault.example:8200 catania"].map((place) => ({
  name: `asks no other Vault and no other city's than it keeps: ${place}`,
  ...{ kept: place, code: 1, written: ["state failed"], asked: [], tells: "this machine asks no other" },
}));

/** What both scripts of a first login do alike. */
export const CASES: readonly Case[] = [
  ...joins,
  ...again,
  ...thefts,
  ...REFUSALS,
  ...clocks,
  ...failures,
  ...truncated,
  ...guestinfo,
  ...kept,
  ...AFTER_POWER_OFF,
  ...NAMES,
];
