import type { ByHand } from "./by-hand";

/** What people and other products do to a machine past Terraform. */
export interface OthersChange {
  /** In a few words. */
  readonly what: string;
  /** Does it to the machine at an inventory path. */
  readonly make: (hand: ByHand, machine: string) => Promise<unknown>;
}

/** Size that a machine's disk is grown to, in GiB. */
export const GROWN_GIB = 120;
const OTHER_HOST = "Milano/host/milano-vdi-a/esx-a07.comune.milano.example";
const OTHER_DATASTORE = "Milano/datastore/vsan-vdi-a2";
const SNAPSHOT = "<name>before the update</name><memory>false</memory><quiesce>false</quiesce>";

/** What no plan touches, each to a machine of its own. */
export const LEFT: readonly OthersChange[] = [
  { what: "tags of others", make: (hand, path) => hand.tag({ VirtualMachine: path }, `backup ${path}`, "daily") },
  { what: "custom attributes of others", make: (hand, path) => hand.attribute(path, `backup ${path}`, "Success") },
  { what: "its note", make: (hand, path) => hand.reconfigure(path, "<annotation>backed up</annotation>") },
  { what: "the size of disk0", make: (hand, path) => hand.growDisk(path, GROWN_GIB) },
  { what: "its CD-ROM drive", make: (hand, path) => hand.device(path, "add", CDROM) },
  { what: "it runs on another host", make: (hand, path) => hand.relocate(path, { host: OTHER_HOST }) },
  {
    what: "it has a snapshot",
    make: (hand, path) => hand.call("CreateSnapshot_Task", "VirtualMachine", path, SNAPSHOT),
  },
  { what: "it is switched off", make: (hand, path) => hand.call("PowerOffVM_Task", "VirtualMachine", path) },
  { what: "it is suspended", make: (hand, path) => hand.call("SuspendVM_Task", "VirtualMachine", path) },
  {
    what: "a second disk",
    make: (hand, path) => hand.device(path, "add", SECOND_DISK, "<fileOperation>create</fileOperation>"),
  },
  { what: "settings of vCenter", make: (hand, path) => hand.reconfigure(path, SETTINGS) },
];

/** What the next plan sets back, since the file decides it. */
export const SET_BACK: readonly OthersChange[] = [
  { what: "name", make: (hand, path) => hand.call("Rename_Task", "VirtualMachine", path, "<newName>POLA-7</newName>") },
  { what: "datastore_id", make: (hand, path) => hand.relocate(path, { datastore: OTHER_DATASTORE }) },
];

const IDE = 200;
const SCSI = 1000;
const CDROM =
  '<device xsi:type="VirtualCdrom"><key>-1</key><backing xsi:type="VirtualCdromRemoteAtapiBackingInfo"><deviceName></deviceName>' +
  `<useAutoDetect>false</useAutoDetect></backing><controllerKey>${String(IDE)}</controllerKey><unitNumber>0</unitNumber></device>`;
const SECOND_DISK =
  '<device xsi:type="VirtualDisk"><key>-1</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName></fileName>' +
  `<diskMode>persistent</diskMode><thinProvisioned>true</thinProvisioned></backing><controllerKey>${String(SCSI)}</controllerKey>` +
  `<unitNumber>3</unitNumber><capacityInKB>1048576</capacityInKB></device>`;
const SETTINGS = ["migrate.hostLog", "sched.swap.derivedName", "vmware.tools.internalversion"]
  .map((key) => `<extraConfig><key>${key}</key><value xsi:type="xsd:string">12352</value></extraConfig>`)
  .join("");
