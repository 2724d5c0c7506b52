import type { Flaw } from "../flaw";

/**
 * Random text has letters of both cases, and a digit or two capitals side by side: of tokens of 24 letters and digits all but one of
 * ten thousand. A host name, a distinguished name or a path, such as `b.cittametropolitanadimilano.example`, has not.
 */
const RANDOM = String.raw`(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*(?:\d|[A-Z]{2}))`;

/*
 * No form may be tried from many places over the same long text, which would take minutes of a hostile file: a run that
 * other runs can begin within is bounded, or begins only where nothing of its kind stands before it.
 */
/** What a value looks like, and how that is seen: by the form that its issuer gave it, or by the key that it stands under. */
const FORMS: readonly (readonly [what: string, form: string])[] = [
  ["a private key", String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----`],
  ["a token of Vault", String.raw`\bhv[sbr]\.(?:${RANDOM}[\w-]{20,}|(?<![.\w-]hv[sbr]\.)[\w-]{20,}(?![\w-]|\.\w))`],
  ["a token of Vault", String.raw`(?<![\w.-])(?:[sbr]\.${RANDOM}[A-Za-z0-9]{24,}|b\.${RANDOM}[\w-]{60,})`],
  ["a token of GitLab", String.raw`\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\w-]{20,}`],
  ["a token of GitHub", String.raw`\b(?:gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_\w{22,})`],
  ["an access key of AWS", String.raw`\bA(?:KIA|SIA)[A-Z0-9]{16}\b`],
  ["a signed token", String.raw`(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+`],
  ["a login in a URL", String.raw`\b[a-z][a-z0-9+.-]{0,30}://[^\s/@]*@`],
  [
    "a password or a key",
    String.raw`(?<=^|[\s{,])["']?(?:(?:[Bb]ind_?)?[Pp]ass|[Pp]wd|[\w-]*(?:[Pp]ass(?:word|wd|phrase)|PASSWORD|[Aa]pi[_-]?[Kk]ey|[Pp]rivate[_-]?[Kk]ey|[Cc]lient[_-]?[Ss]ecret|[Ss]ecret[_-]?(?:[Ii]d|[Kk]ey)|[Tt]oken|[Cc]redentials?))(?:["'][ \t]*:|[ \t]*:[ \t\n])[ \t\n]*(?=[^\s#])`,
  ],
];

const ANY_FORM = new RegExp(FORMS.map(([, form]) => `(${form})`).join("|"), "gm");

/**
 * Values in a text, comments included, that look like secrets. What each is, is said, never the value. Where there is one,
 * nothing else of the file is looked at: another message could show it.
 */
export function secretValues(text: string): Flaw[] {
  return Array.from(text.matchAll(ANY_FORM), (match) => {
    const which = match.slice(1).findIndex(Boolean);
    return {
      offset: match.index,
      path: [],
      rule: "secret-value",
      message: `here stands what looks like ${FORMS[which]?.[0] ?? "a secret"}; the rest of the file was not looked at`,
      allowed: "names and rules: values are born in Vault, or put there by their owners",
      repair: "take it out, also of the history, and change it wherever it is in use",
    };
  });
}
