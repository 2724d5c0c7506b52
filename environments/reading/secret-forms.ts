import { anyCase } from "./any-case";
import { COMMAND_SECRETS } from "./command-secrets";

/*
 * No pattern may be tried from many positions of the same long text, which would take minutes for a hostile file: a
 * repetition in which other matches can begin is bounded, or begins only where nothing of its kind precedes.
 */

/** The name must not be the end of a longer one. */
const BEGIN = String.raw`(?<![\w-])`;

/**
 * Random text has letters in both cases, and a digit before a letter or two adjacent capitals: among tokens of 24
 * letters and digits all but one in eight thousand have, of 20 all but one in a thousand. A host name, a distinguished
 * name or a path, such as `b.cittametropolitanadimilano.example` or `hvs.CittaMetropolitanaDiMilano2.example`, has not.
 * A label before a domain is no random text either (at most 63 characters, RFC 1035); the domain is longer than the
 * five characters of a Vault namespace's id.
 */
const RANDOM =
  String.raw`(?=[\w-]{0,99}[a-z])(?=[\w-]{0,99}[A-Z])(?=[\w-]{0,99}(?:\d[A-Za-z]|[A-Z]{2}))` +
  String.raw`(?![\w-]{1,63}\.[a-z][a-z-]{0,62}(?:\.[a-z]|(?<=[a-z-]{6})(?![\w-])))`;

/**
 * Addresses of chats' webhooks, of which whoever knows one may post: Slack, "Sending messages using incoming webhooks"; Microsoft,
 * "Create Incoming Webhooks" (Teams); Discord, "Webhook Resource"; Telegram, "Bot API".
 */
const CHAT = [
  String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/`,
  String.raw`(?:[\w-]{1,63}\.webhook|outlook)\.office\.com/webhook`,
  String.raw`discord(?:app)?\.com/api/webhooks/`,
  String.raw`api\.telegram\.org/bot\d`,
].join("|");

const TOKENS: readonly (readonly [what: string, form: string])[] = [
  [
    "a private key",
    String.raw`-{4} ?BEGIN [A-Z0-9 ]{0,60}PRIVATE KEY|\bPuTTY-User-Key-File-\d+:|\bAGE-SECRET-KEY-[A-Z0-9]`,
  ],
  ["a token of Vault", String.raw`\bhv[sbr]\.(?:${RANDOM}[\w-]{20,}|(?<![.\w-]hv[sbr]\.)[\w-]{20,}(?![\w-]|\.\w))`],
  ["a token of Vault", String.raw`(?<![\w.-])(?:[sbr]\.${RANDOM}[A-Za-z0-9]{24,}|b\.${RANDOM}[\w-]{60,})`],
  ["a token of Terraform Cloud", String.raw`\b[A-Za-z0-9]{10,20}\.atlasv1\.[\w-]{20,}`],
  [
    "a token of GitLab", // without RANDOM where no hyphen parts it, as those of hexadecimal digits
    String.raw`\b(?:gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt)-|GR1348941)(?:${RANDOM}[\w-]{20,}|\w{20,}(?![\w-]|\.\w))`,
  ],
  ["a token of GitHub", String.raw`\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})`],
  ["a token of Slack", String.raw`\b(?:xox[a-z]|xapp)-(?:\d|${RANDOM})[\w-]{10,}`],
  ["a token of npm or PyPI", String.raw`\bnpm_[A-Za-z0-9]{20,}|\bpypi-${RANDOM}[\w-]{20,}`],
  ["an access key of AWS", String.raw`\bA(?:KIA|SIA)[A-Z0-9]{16}\b`],
  ["a signed token", String.raw`${BEGIN}eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+`],
  [
    "a login in a URL", // over SSH a user's name alone lets nobody in; over HTTP it may be a token
    String.raw`\b[a-z][a-z0-9+.-]{0,30}://(?<!\b(?:(?:git|svn)\+)?ssh://(?=[^\s/@:]{0,99}@)|\bsftp://(?=[^\s/@:]{0,99}@))[^\s/@]*@`,
  ],
  ["a token in a URL", String.raw`\bhttps?://(?:${CHAT})`],
  [
    "a token in a URL", // as a whole part of its path
    String.raw`\bhttps?://[\w.-]{1,253}(?::\d{1,5})?(?:/[\w.~%+-]{0,99}){0,9}/${RANDOM}[A-Za-z0-9]{24,99}(?![\w.~%+-])`,
  ],
  [
    "a login before a host", // over no address of a mailbox, whose first part is a word
    String.raw`(?<![\w.\\@-])(?!${anyCase("(?:mailto|e?-?mail|pec)")}:)[\w.\\-]{1,64}(?:@[\w.-]{1,253})?:` +
      String.raw`(?=[^\s/:"']{0,99}\d)(?=[^\s/:"']{0,99}[A-Z!?$%&*#+=])[^\s/:"']{4,99}@[A-Za-z0-9-]{1,63}\.[A-Za-z]`,
  ],
  ["a password's hash", String.raw`\$(?:[1567y]|2[abxy]|argon2(?:id|i|d))\$[\w./$=,+-]{20,}`],
  [
    "a login of HTTP",
    String.raw`${BEGIN}${anyCase("(?:bearer|basic)")}[ \t]+(?=[A-Za-z+/]{0,99}\d)(?=[\d+/]{0,99}[A-Za-z])[A-Za-z0-9+/]{16,}`,
  ],
  [
    "a password or a key",
    String.raw`${BEGIN}${anyCase("authorization")}["']?[ \t]*[:=][ \t]*["']?${anyCase("(?:bearer|basic|token)")}[ \t]+[\w+/=.~-]{4,}`,
  ],
];

/** The last words in names of settings with secret values; `secret:` alone is the name of a path in the schema. */
const NAMES = anyCase(
  "(?:pass(?:word|wd|phrase)|pwd|psw|parola d['’]ordine|(?:api|private|access|account|secret|unseal|recovery)[ _-]?key|" +
    "client[ _-]?secret|secret[ _-]?id|token|credentials?)",
);
const SETTING = String.raw`(?:[\w-]*${NAMES}|[\w-]+${anyCase("[_-]secret")}|(?:\w*_|${anyCase("bind")})?${anyCase("(?:pass|pw)")})(?:[ _-]?\d{1,2})?`;

const WORD = String.raw`[A-Za-zÀ-ÿ][a-zà-ÿ]{0,20}`;
const WORD_ENDS = String.raw`(?=[,.;:!?)]?(?:["'\s]|$))`;
const LEADS_ON = anyCase(
  "(?:in|at|from|by|with|via|see|for|is|are|held|kept|stored|read|made|only|never|no|not|the|an?|each|every|" +
    "nel|nella|nei|dal|dalla|di|per|con|su|sul|vedi|ogni|non|mai)",
);
/**
 * Prose that names a secret without its value: `credentials: in Vault`, `access token: 15 minutes`, and after another
 * word one plain word, `gestione password: sportello`. Only after separate words, since no program's setting has such a
 * name. A password can be a plain word too, so anything with a digit, a capital or a sign, with more than 21 letters,
 * or after the first word of its line is refused: an accepted secret stays in the history for good, and a comment is
 * easily reworded.
 */
const PROSE =
  String.raw`(?:[A-Z]?[a-z]+ )?[A-Z]?[a-z]+:[ \t]+` +
  String.raw`(?:${LEADS_ON}[ \t]+${WORD}${WORD_ENDS}|\d{1,3}(?:[smhd]|[ \t]+${WORD})${WORD_ENDS})`;
const PROSE_AFTER_A_WORD = String.raw`(?<=[A-Za-zÀ-ÿ] )[A-Z]?[a-z]+:[ \t]+${WORD}${WORD_ENDS}`;

/** A reference in place of a value: `$(vault print token)`, `${VAULT_TOKEN}`, `$VAULT_TOKEN`. */
const REFERENCE = String.raw`["']?\$(?:\(|(?:\{[A-Z_]{1,60}\}|[A-Z]{1,30}_[A-Z_]{1,60})${WORD_ENDS})`;
const ON_THE_LINE = String.raw`[ \t]*(?=[^\s#])(?!${REFERENCE})`;

/**
 * What follows a setting's name. A value on the next line belongs to YAML, not to a comment, where the line's end is no
 * value.
 */
const VALUE =
  String.raw`(?:["']?[ \t]*[:=]${ON_THE_LINE}|["'][ \t]*:\s*(?=[^\s#])(?!${REFERENCE})` +
  String.raw`|:(?=(?:[ \t\r]*\n)+[ \t]+[^\s#])(?<=^[^#\n]*))`;

/** Forms of secret values, recognised by the issuer's format or by the name before them. */
export const SECRET_FORMS: readonly (readonly [what: string, form: string])[] = [
  ...TOKENS,
  ...COMMAND_SECRETS,
  [
    "a password or a key",
    String.raw`${BEGIN}(?!${PROSE}|${PROSE_AFTER_A_WORD})(?:${SETTING}${VALUE}|${anyCase("secret")}[ \t]*=${ON_THE_LINE})`,
  ],
];
