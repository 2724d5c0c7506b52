import { z } from "zod";
import { plainText } from "./plain-text";
import { answerFileName } from "./primitives";
import { hostAndPort } from "./urls";

/**
 * Microsoft, "Key Management Services (KMS) client activation and product keys": public, and of no use without the
 * organization's KMS host or activation by Active Directory.
 */
export const CLIENT_KEYS = {
  pro: "W269N-WFGWX-YVC9B-4J6C9-T83GX",
  "pro-education": "6TP4R-GNPTD-KYYHQ-7B7DP-J447Y",
  "pro-workstations": "NRG8B-VKK3Q-CXVCJ-9G2XF-6Q84J",
  education: "NW6C2-QMPVW-D7KKK-3GKT6-VCFB2",
  enterprise: "NPPR9-FWDCX-D2C8J-H872K-2YT43",
  "enterprise-ltsc": "M7XTQ-FN8P6-TTKYV-9D4CC-J462D",
} as const;

/** Microsoft, "RunSynchronousCommand", "Path": 259 characters; more than 20 commands are a script of the template's. */
const [LONGEST_COMMAND, MOST_COMMANDS] = [259, 20];

const windowsSchema = z
  .strictObject({
    locale: z
      .string()
      .regex(/^[a-z]{2}-[A-Z]{2}$/, "a language and a country, such as it-IT")
      .default("it-IT")
      .describe("Formats, system locale and language; a language that the template has not is shown in its own."),
    keyboard: z
      .string()
      .regex(/^[0-9a-f]{4}:[0-9a-f]{8}$/, "a language and a layout in hexadecimal digits, such as 0410:00000410")
      .default("0410:00000410")
      .describe("Keyboard layout; by default the Italian one."),
    edition: z
      .enum(Object.keys(CLIENT_KEYS) as [keyof typeof CLIENT_KEYS, ...(keyof typeof CLIENT_KEYS)[]])
      .optional()
      .describe(
        "Edition whose public KMS client key it gets, for activation by KMS or Active Directory; by default the template's " +
          "own key. A key of your own has no place here: put it into the template.",
      ),
    kms: hostAndPort
      .optional()
      .describe("KMS host and port, such as kms.comune.milano.example:1688; by default Windows asks the domain's DNS."),
    commands: z
      .array(plainText(LONGEST_COMMAND, "", "a command without characters that cannot be seen, and without ${ or %{"))
      .max(MOST_COMMANDS)
      .default([])
      .describe("Commands that SYSTEM runs once, in this order, before anybody logs on."),
  })
  .describe("Settings of Windows; by default those of the template.");

/** How vSphere customizes the guest of a new machine. */
export const customizationSchema = z
  .strictObject({
    timeZone: z.enum(["Europe/Rome", "UTC"]).default("Europe/Rome").describe("Time zone of the guest."),
    windows: windowsSchema.optional(),
    answerFile: answerFileName
      .optional()
      .describe(
        "Name of your own answer file of Windows Setup, in the same folder; instead of windows, and its time zone counts. " +
          "The text of its ComputerName becomes the seat's name. It holds no password, login or product key.",
      ),
  })
  .describe(
    "vSphere customizes the guest of every new machine: its computer's name is its seat's, its addresses come from DHCP. " +
      "Windows does it by Sysprep, Linux by VMware Tools. There is no key for a password or for a domain's join: either " +
      "would stand in Terraform's state, so the image's start script joins with an account that it reads from Vault. By " +
      "default the guest names itself.",
  );
