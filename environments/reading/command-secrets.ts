import { CLIENT_KEYS } from "../model/customization";
import { anyCase } from "./any-case";

/** An argument that is no option, prompt, variable or expression; as much of it as tells that it is one. */
const ARGUMENT = String.raw`(?![/*%$(<-])["']?[^\s"'/*%$(<,-]`;
/** Quotes may be escaped, as in JSON. */
const QUOTED = String.raw`\\?"[^"\n]{1,64}"`;
const NAME = String.raw`(?:${QUOTED}|[^\s/"']{1,64})`;
/** The command ends, or goes on with an option or another command: in prose more words would follow. */
const COMMAND_GOES_ON = String.raw`(?=[^\s"']{0,127}["']?(?:[ \t]*(?:[/&|,\]}<]|$)|["']))`;
const PUBLIC_KEYS = Object.values(CLIENT_KEYS).join("|");

/**
 * Commands of Windows with a password or a product key, by Microsoft's references of `net user`, netdom, cmdkey, `slmgr` and
 * ConvertTo-SecureString: what a template's or a new machine's commands would carry into the state.
 */
export const COMMAND_SECRETS: readonly (readonly [what: string, form: string])[] = [
  [
    "a password in a command",
    String.raw`\b${anyCase("net")}1?(?:\.${anyCase("exe")})?[ \t]+${anyCase("users?")}[ \t]+${NAME}[ \t]+(?:${QUOTED}|${ARGUMENT}${COMMAND_GOES_ON})`,
  ],
  [
    "a password in a command",
    String.raw`(?<=[\s"'])(?:--?|/)${anyCase("(?:pass(?:word|wd)?(?:d|o|f)?|pwd|pw|pd)")}(?:[ \t]+|[:=])${ARGUMENT}`,
  ],
  [
    "a password in a command",
    String.raw`\b${anyCase("convertto-securestring")}[ \t]+(?:-${anyCase("string")}[ \t]+)?(?:["'][^"'$]|${ARGUMENT})`,
  ],
  [
    "a product key in a command",
    String.raw`[/-]${anyCase("ipk")}[ \t]+(?!${PUBLIC_KEYS})(?:[A-Za-z0-9]{5}-){4}[A-Za-z0-9]{5}`,
  ],
];
