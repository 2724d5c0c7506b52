import { escaped } from "../display";
import { CLIENT_KEYS } from "../model/customization";
import type { OffsetFinding } from "../offset-finding";
import { xmlElements } from "./xml-elements";
import type { XmlElement } from "./xml-elements";

/** Elements of Microsoft's "Unattended Windows Setup Reference" that hold a password or a login. */
const LOGINS = /(?:Password|Credentials|AutoLogon|UnattendedJoin|JoinDomain|LocalAccounts|DomainAccounts)$/;
const KEY_ELEMENTS = ["ProductKey", "Key"];
const PUBLIC_KEYS: readonly string[] = Object.values(CLIENT_KEYS);
const FLAG_COMPLETE = /\\guestcustutil\.exe\s+flagComplete\b/i;
const EXPRESSION = /[$%]\{|\{TfToken\[/;

/** Problems of an answer file's text; nothing of it is shown but names of elements. */
export function answerFindings(text: string): OffsetFinding[] {
  const elements = xmlElements(text);
  if ("offset" in elements) {
    const message = "here it is not well-formed XML of elements, attributes, text and comments";
    return [
      finding("answer-file-form", elements.offset, message, "an answer file as Windows SIM writes it", "correct it"),
    ];
  }
  return [
    ...wrongRoot(elements),
    ...expressions(text),
    ...secrets(elements),
    ...names(elements),
    ...incomplete(elements),
  ];
}

function wrongRoot([root]: readonly XmlElement[]): OffsetFinding[] {
  if (root?.name === "unattend") return [];
  const message = `its root is ${root === undefined ? "missing" : `<${escaped(root.name)}>`}`;
  return [finding("answer-file-form", root?.offset ?? 0, message, "the root <unattend>", "name an answer file")];
}

function expressions(text: string): OffsetFinding[] {
  const found = EXPRESSION.exec(text);
  if (found === null) return [];
  const message = `it holds ${found[0]}, which Terraform would evaluate`;
  return [finding("answer-file-form", found.index, message, "text without ${ and %{", "write it in another way")];
}

/** A product key counts as a password: who has it can activate machines with it. */
function secrets(elements: readonly XmlElement[]): OffsetFinding[] {
  return elements
    .filter(({ name, text }) => LOGINS.test(name) || (KEY_ELEMENTS.includes(name) && isPrivateKey(text)))
    .map(({ name, offset }) =>
      finding(
        "answer-file-secret",
        offset,
        `<${escaped(name)}> holds a password, a login or a product key, which would stand in Terraform's state`,
        "no password, login or domain join; of product keys only Microsoft's public KMS client keys",
        "take it out: machines join with their first secret, a key of your own goes into the template",
      ),
    );
}

function isPrivateKey(text: string): boolean {
  return text.trim() !== "" && !PUBLIC_KEYS.includes(text.trim());
}

/** Each machine's name is put in place of its text, so there is one place. */
function names(elements: readonly XmlElement[]): OffsetFinding[] {
  const found = elements.filter(({ name }) => name === "ComputerName");
  if (found.length === 1 && found[0]?.plain === true) return [];
  const message = `it has ${String(found.length)} elements <ComputerName> with a text and nothing else`;
  const [first] = found;
  const allowed = "one <ComputerName>*</ComputerName>, whose text becomes the seat's name";
  return [finding("answer-file-name", first?.offset ?? 0, message, allowed, "put it into the pass specialize, once")];
}

/** VMware Tools does not add it to an answer file of one's own; without it vCenter waits for the customization to end. */
function incomplete(elements: readonly XmlElement[]): OffsetFinding[] {
  if (elements.some(({ name, text }) => name === "Path" && FLAG_COMPLETE.test(text))) return [];
  return [
    finding(
      "answer-file-complete",
      0,
      "it does not tell vCenter that the customization is over, so no machine of it would get its first secret",
      "RunSynchronous commands of guestcustutil.exe in the pass specialize",
      String.raw`add C:\sysprep\guestcustutil.exe with restoreMountedDevices, flagComplete and deleteContainingFolder, in this order`,
    ),
  ];
}

function finding(rule: string, offset: number, message: string, allowed: string, repair: string): OffsetFinding {
  return { offset, path: [], rule, message, allowed, repair };
}
