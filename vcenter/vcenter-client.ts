import { ManagedObject } from "./managed-object";
import { Soap, VcenterError } from "./soap";
import type { SoapOptions } from "./soap";
import { pause } from "../runtime/until";
import { escapeXml } from "../access/vsphere/xml-text";
import { child, childrenOf, childText } from "./xml";
import type { Element } from "./xml";

/** A vCenter's address and login. */
export interface VcenterLogin extends SoapOptions {
  readonly user: string;
  readonly password: string;
}

/** A machine in vCenter. */
export interface VcenterMachine {
  /** Managed object id. */
  readonly id: string;
  readonly name: string;
  /** Its advanced settings, guestinfo among them. */
  readonly extraConfig: Readonly<Record<string, string>>;
  /** Whether it is powered on. */
  readonly isOn: boolean;
  /** When it was started, in seconds since 1970. @default - it is off, or vCenter does not say */
  readonly started?: number | undefined;
  /** How far the customization of its guest is. @default - vCenter says nothing of one */
  readonly customization?: Customization | undefined;
}

/** How far the customization of a machine's guest is, as vCenter has it from 7.0.2 on. */
export interface Customization {
  /** A GuestInfoCustomizationStatus such as `TOOLSDEPLOYPKG_SUCCEEDED`. */
  readonly status: string;
  /** Why it failed; otherwise empty. */
  readonly error: string;
}

/** A managed object's type and id. */
export type ObjectId = Pick<ManagedObject, "type" | "id">;

const PAGE = 200;
const CUSTOMIZATION = "guest.customizationInfo";
const MACHINE = ["name", "config.extraConfig", "runtime.powerState", "runtime.bootTime", CUSTOMIZATION];
const COLLECTOR = ["PropertyCollector", "propertyCollector"] as const;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1000;
const TASK_MS = 300_000;

/** A session in a vCenter that finds a folder's machines and writes their advanced settings. */
export class VcenterClient {
  private constructor(
    private readonly soap: Soap,
    private readonly session: string,
  ) {}

  /** Logs in. @throws VcenterError when the vCenter is not reached, not trusted, or refuses */
  public static async logIn({ user, password, ...options }: VcenterLogin): Promise<VcenterClient> {
    const soap = new Soap(options);
    try {
      const content = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
      const answer = await soap.call("Login", "SessionManager", "SessionManager", content);
      return new VcenterClient(soap, childText(child(answer, "returnval"), "key") ?? "");
    } catch (error) {
      soap.close();
      throw error;
    }
  }

  /** Number of calls so far. */
  public get calls(): number {
    return this.soap.calls;
  }

  /**
   * The machines directly in a folder, some hundreds for each call. @returns undefined where the folder does not exist
   */
  public async machinesIn(path: string): Promise<VcenterMachine[] | undefined> {
    const search = `<inventoryPath>${escapeXml(path)}</inventoryPath>`;
    const folder = childText(
      await this.soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", search),
      "returnval",
    );
    return folder === undefined ? undefined : (await this.pages(machinesOf(folder))).map(machine);
  }

  /** A machine as it is now. @throws VcenterError where it is gone */
  public async machineNow(id: string): Promise<VcenterMachine> {
    const [found] = await this.pages(
      `${propertiesOf("VirtualMachine", MACHINE)}<objectSet><obj type="VirtualMachine">${escapeXml(id)}</obj></objectSet>`,
    );
    if (found === undefined) throw new VcenterError(`vCenter shows no machine ${id}`);
    return machine(found);
  }

  /**
   * All objects of some types below the root folder that this login may see, with some of their properties.
   * @param wanted the paths of properties, for each type
   */
  public async objects(wanted: Readonly<Record<string, readonly string[]>>): Promise<ManagedObject[]> {
    const [root = "", manager = ""] = [await this.manager("rootFolder"), await this.manager("viewManager")];
    const types = Object.keys(wanted).map((type) => `<type>${type}</type>`);
    const content = `<container type="Folder">${escapeXml(root)}</container>${types.join("")}<recursive>true</recursive>`;
    const view =
      childText(await this.soap.call("CreateContainerView", "ViewManager", manager, content), "returnval") ?? "";
    try {
      const properties = Object.entries(wanted).map(([type, paths]) => propertiesOf(type, paths));
      return (await this.pages(`${properties.join("")}${viewed(view)}`)).map((found) => ManagedObject.of(found));
    } finally {
      await this.soap.call("DestroyView", "ContainerView", view);
    }
  }

  /** The id of one of vCenter's own objects, such as `rootFolder`; undefined where the login does not see it. */
  public async manager(name: string): Promise<string | undefined> {
    const answer = await this.soap.call("RetrieveServiceContent", "ServiceInstance", "ServiceInstance");
    return childText(child(answer, "returnval"), name);
  }

  /** Of some privileges those that this session lacks on each of some objects, in their order. It takes no privilege to ask. */
  public async lacked(objects: readonly ObjectId[], privileges: readonly string[]): Promise<string[][]> {
    const [manager = ""] = [await this.manager("authorizationManager")];
    const asked = objects.map(({ type, id }) => `<entity type="${type}">${escapeXml(id)}</entity>`);
    const ids = privileges.map((id) => `<privId>${escapeXml(id)}</privId>`);
    const content = `${asked.join("")}<sessionId>${escapeXml(this.session)}</sessionId>${ids.join("")}`;
    const answer = await this.soap.call("HasPrivilegeOnEntities", "AuthorizationManager", manager, content);
    const found = new Map(childrenOf(answer, "returnval").map((one) => [childText(one, "entity") ?? "", refused(one)]));
    return objects.map(({ id }) => found.get(id) ?? [...privileges]);
  }

  /** The LicenseAssignments of hosts and of vCenter itself. It takes no privilege to ask. */
  public async assignedLicences(): Promise<readonly Element[]> {
    const [manager = ""] = [await this.manager("licenseManager")];
    const [found] = await this.properties("LicenseManager", [manager], ["licenseAssignmentManager"]);
    const id = found?.text("licenseAssignmentManager");
    if (id === undefined) return [];
    return (await this.soap.call("QueryAssignedLicenses", "LicenseAssignmentManager", escapeXml(id))).children;
  }

  /** The ids of the machines with a BIOS UUID, as the provider's state has it: copies of a machine may have the same. */
  public async machinesOf(uuid: string): Promise<string[]> {
    const search = `<uuid>${escapeXml(uuid)}</uuid><vmSearch>true</vmSearch>`;
    const found = await this.soap.call("FindAllByUuid", "SearchIndex", "SearchIndex", search);
    return childrenOf(found, "returnval").map(({ text }) => text);
  }

  /** More properties of some objects of one type. */
  public async properties(type: string, ids: readonly string[], paths: readonly string[]): Promise<ManagedObject[]> {
    if (ids.length === 0) return [];
    const objects = ids.map((id) => `<objectSet><obj type="${type}">${escapeXml(id)}</obj></objectSet>`);
    return (await this.pages(`${propertiesOf(type, paths)}${objects.join("")}`)).map((found) =>
      ManagedObject.of(found),
    );
  }

  /**
   * Sets advanced settings of a machine and waits for the task; an empty value removes one.
   * @throws VcenterError with vCenter's reason
   */
  public async setExtraConfig(id: string, values: Readonly<Record<string, string>>): Promise<void> {
    const options = Object.entries(values).map(
      ([key, value]) =>
        `<extraConfig><key>${escapeXml(key)}</key><value xsi:type="xsd:string">${escapeXml(value)}</value></extraConfig>`,
    );
    await this.task("ReconfigVM_Task", "VirtualMachine", id, `<spec>${options.join("")}</spec>`);
  }

  /** The last events of some types that concern an object, at most 1,000. @param types such as `VmPoweredOnEvent` */
  public async events(id: string, types: readonly string[]): Promise<readonly Element[]> {
    const [manager = ""] = [await this.manager("eventManager")];
    const entity = `<entity><entity type="VirtualMachine">${escapeXml(id)}</entity><recursion>self</recursion></entity>`;
    const wanted = types.map((type) => `<eventTypeId>${type}</eventTypeId>`);
    const answer = await this.soap.call(
      "QueryEvents",
      "EventManager",
      manager,
      `<filter>${entity}${wanted.join("")}</filter>`,
    );
    return childrenOf(answer, "returnval");
  }

  /** Destroys an object, a machine with its disks, and waits for the task. @throws VcenterError with vCenter's reason */
  public async destroy(type: string, id: string): Promise<void> {
    await this.task("Destroy_Task", type, id);
  }

  /** Starts a machine and waits for the task. @throws VcenterError with vCenter's reason */
  public async powerOn(id: string): Promise<void> {
    await this.task("PowerOnVM_Task", "VirtualMachine", id);
  }

  /** Switches a machine off and on without its guest, and waits for the task. @throws VcenterError with vCenter's reason */
  public async reset(id: string): Promise<void> {
    await this.task("ResetVM_Task", "VirtualMachine", id);
  }

  /** Switches a machine off without its guest, and waits for the task. @throws VcenterError with vCenter's reason */
  public async powerOff(id: string): Promise<void> {
    await this.task("PowerOffVM_Task", "VirtualMachine", id);
  }

  /** Asks a machine's guest to shut down, and does not wait for it. @throws VcenterError where VMware Tools do not run in it */
  public async shutDownGuest(id: string): Promise<void> {
    await this.soap.call("ShutdownGuest", "VirtualMachine", escapeXml(id));
  }

  /**
   * Has vCenter do what is a task there, and waits for it.
   * @param content of the call, as XML. @default - none
   * @throws VcenterError with vCenter's reason
   */
  public async task(method: string, type: string, id: string, content = ""): Promise<void> {
    await this.done(childText(await this.soap.call(method, type, escapeXml(id), content), "returnval") ?? "");
  }

  /** Ends the session. */
  public async logOut(): Promise<void> {
    try {
      await this.soap.call("Logout", "SessionManager", "SessionManager");
    } finally {
      this.soap.close();
    }
  }

  private async done(task: string): Promise<void> {
    const end = performance.now() + TASK_MS;
    for (let ms = FIRST_PAUSE_MS; performance.now() < end; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
      const [info] = (await this.pages(taskInfo(task))).map((found) => ManagedObject.of(found));
      const state = info?.text("info.state");
      if (state === "success") return;
      if (state === "error")
        throw new VcenterError(info?.text("info.error.localizedMessage") ?? "vCenter's task failed");
      await pause(ms);
    }
    throw new VcenterError(`vCenter's task was not done within ${String(TASK_MS / 1000)} s`);
  }

  /** Every page of an answer, some hundreds of objects each. */
  private async pages(specification: string): Promise<Element[]> {
    const found: Element[] = [];
    const options = `<options><maxObjects>${String(PAGE)}</maxObjects></options>`;
    let page = child(await this.retrieve(specification, options), "returnval");
    for (;;) {
      found.push(...childrenOf(page, "objects"));
      const token = childText(page, "token");
      if (token === undefined) return found;
      const next = `<token>${escapeXml(token)}</token>`;
      page = child(await this.soap.call("ContinueRetrievePropertiesEx", ...COLLECTOR, next), "returnval");
    }
  }

  private retrieve(specification: string, options = "<options></options>"): Promise<Element> {
    return this.soap.call("RetrievePropertiesEx", ...COLLECTOR, `<specSet>${specification}</specSet>${options}`);
  }
}

/** The privileges of an EntityPrivilege that are not granted. */
function refused(of: Element): string[] {
  return childrenOf(of, "privAvailability").flatMap((one) =>
    childText(one, "isGranted") === "true" ? [] : [childText(one, "privId") ?? ""],
  );
}

function propertiesOf(type: string, paths: readonly string[]): string {
  return `<propSet><type>${type}</type>${paths.map((path) => `<pathSet>${path}</pathSet>`).join("")}</propSet>`;
}

/** The objects of a view, without the view itself. */
function viewed(view: string): string {
  const walk =
    '<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>';
  return `<objectSet><obj type="ContainerView">${escapeXml(view)}</obj><skip>true</skip>${walk}</objectSet>`;
}

function machinesOf(folder: string): string {
  const walk =
    '<selectSet xsi:type="TraversalSpec"><type>Folder</type><path>childEntity</path><skip>false</skip></selectSet>';
  return (
    propertiesOf("VirtualMachine", MACHINE) +
    `<objectSet><obj type="Folder">${escapeXml(folder)}</obj><skip>true</skip>${walk}</objectSet>`
  );
}

function taskInfo(task: string): string {
  const wanted = "<pathSet>info.state</pathSet><pathSet>info.error</pathSet>";
  return `<propSet><type>Task</type>${wanted}</propSet><objectSet><obj type="Task">${escapeXml(task)}</obj></objectSet>`;
}

function machine(content: Element): VcenterMachine {
  const found = ManagedObject.of(content);
  const settings = found.items("config.extraConfig");
  return {
    id: found.id,
    name: found.text("name") ?? "",
    extraConfig: Object.fromEntries(
      settings.map((setting) => [childText(setting, "key") ?? "", childText(setting, "value") ?? ""]),
    ),
    isOn: found.text("runtime.powerState") === "poweredOn",
    started: secondsOf(found.text("runtime.bootTime")),
    customization: customization(found),
  };
}

function secondsOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time) / 1000;
}

function customization(found: ManagedObject): Customization | undefined {
  const status = found.text(`${CUSTOMIZATION}.customizationStatus`);
  return status === undefined ? undefined : { status, error: found.text(`${CUSTOMIZATION}.errorMsg`) ?? "" };
}
