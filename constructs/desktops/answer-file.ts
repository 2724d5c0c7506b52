import { escapeXml } from "../../access/vsphere/xml-text";

/** Settings of Windows that Sysprep's answer file carries. */
export interface WindowsSettings {
  /** Formats, system locale and language. Example: `it-IT`. */
  readonly locale: string;
  /** Language and layout of the keyboard. Example: `0410:00000410`. */
  readonly keyboard: string;
  /** A public KMS client key. @default - the template's key */
  readonly productKey?: string | undefined;
  /** KMS host and port. @default - Windows asks DNS */
  readonly kms?: string | undefined;
  /** Commands that SYSTEM runs before anybody logs on; at most 259 characters each. */
  readonly commands: readonly string[];
}

/** Microsoft, "Default time zones". */
export const ZONE_NAMES = { "Europe/Rome": "W. Europe Standard Time", UTC: "UTC" } as const;

const COMPONENT =
  'processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS"';
const ACTIVATION = String.raw`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform`;
/**
 * VMware Tools adds them only to an answer file that vCenter makes itself. `flagComplete` tells vCenter that the
 * customization succeeded.
 */
const TOOLS = ["restoreMountedDevices", "flagComplete", "deleteContainingFolder"].map(
  (step) => String.raw`C:\sysprep\guestcustutil.exe ${step}`,
);

/**
 * An answer file of Windows Setup, as Microsoft's "Unattended Windows Setup Reference" has it. It holds no password, no
 * account and no domain.
 * @param computerName text of ComputerName: an expression
 */
export function answerFile(
  computerName: string,
  timeZone: keyof typeof ZONE_NAMES,
  { locale, keyboard, productKey, kms, commands }: WindowsSettings,
): string {
  const zone = `<TimeZone>${ZONE_NAMES[timeZone]}</TimeZone>`;
  const key = productKey === undefined ? "" : `<ProductKey>${productKey}</ProductKey>`;
  const run = [...commands, ...(kms === undefined ? [] : activation(kms)), ...TOOLS];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">',
    '<settings pass="specialize">',
    component("Shell-Setup", `<ComputerName>${computerName}</ComputerName>${key}${zone}`),
    component("International-Core", international(locale, keyboard)),
    component("Deployment", `<RunSynchronous>${run.map(command).join("")}</RunSynchronous>`),
    "</settings>",
    '<settings pass="oobeSystem">',
    component("Shell-Setup", `<OOBE><HideEULAPage>true</HideEULAPage><ProtectYourPC>3</ProtectYourPC></OOBE>${zone}`),
    component("International-Core", international(locale, keyboard)),
    "</settings>",
    "</unattend>",
    "",
  ].join("\n");
}

/** An answer file of one's own, with another text of its one ComputerName. */
export function namedAnswerFile(text: string, computerName: string): string {
  return text.replace(/<ComputerName>[^<]*<\/ComputerName>/, () => `<ComputerName>${computerName}</ComputerName>`);
}

function component(name: string, content: string): string {
  return `<component name="Microsoft-Windows-${name}" ${COMPONENT}>${content}</component>`;
}

function international(locale: string, keyboard: string): string {
  const same = ["SystemLocale", "UILanguage", "UserLocale"].map((name) => `<${name}>${locale}</${name}>`);
  return `<InputLocale>${keyboard}</InputLocale>${same.join("")}<UILanguageFallback>en-US</UILanguageFallback>`;
}

/** Microsoft, "Volume activation", registry settings of a KMS client; the licensing service may not run yet. */
function activation(kms: string): string[] {
  const port = kms.lastIndexOf(":");
  const values = { KeyManagementServiceName: kms.slice(0, port), KeyManagementServicePort: kms.slice(port + 1) };
  return Object.entries(values).map(
    ([name, value]) => `reg.exe add "${ACTIVATION}" /v ${name} /t REG_SZ /d ${value} /f`,
  );
}

function command(path: string, index: number): string {
  const order = `<Order>${String(index + 1)}</Order>`;
  return `<RunSynchronousCommand wcm:action="add">${order}<Path>${escapeXml(path)}</Path></RunSynchronousCommand>`;
}
