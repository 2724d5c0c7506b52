import { readFileSync } from "node:fs";
import { request } from "node:https";
import type { LabSession } from "../../lab/session";
import { Soap } from "../../vcenter/soap";
import { escapeXml } from "../../access/vsphere/xml-text";
import { child, childText } from "../../vcenter/xml";
import type { Element } from "../../vcenter/xml";

/** Changes a city's vCenter past Terraform, as somebody does at vCenter's own client, or another product. */
export class ByHand {
  private session: Promise<string> | undefined;

  private constructor(
    private readonly soap: Soap,
    private readonly rest: RestOptions,
  ) {}

  /** Logs in to a city's vCenter. */
  public static async logIn(lab: LabSession, city: string): Promise<ByHand> {
    const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.environment();
    const server = lab.data.cities.find(({ id }) => id === city)?.vcenter ?? "";
    const ca = readFileSync(lab.paths.certificates, "utf8");
    const soap = new Soap({ server, ca, connections: 1 });
    const login = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
    await soap.call("Login", "SessionManager", "SessionManager", login);
    return new ByHand(soap, { server, ca, auth: `${user}:${password}` });
  }

  /** Calls a method of the object at an inventory path. @param content XML of its arguments */
  public async call(method: string, type: string, path: string, content = ""): Promise<void> {
    await this.soap.call(method, type, await this.idOf(path), content);
  }

  /** Reconfigures a machine. @param spec XML within its new settings */
  public async reconfigure(path: string, spec: string): Promise<void> {
    await this.call("ReconfigVM_Task", "VirtualMachine", path, `<spec>${spec}</spec>`);
  }

  /** Writes an advanced setting of a machine, as its guest writes guestinfo. */
  public async setting(path: string, key: string, text: string): Promise<void> {
    const value = `<value xsi:type="xsd:string">${escapeXml(text)}</value>`;
    await this.reconfigure(path, `<extraConfig><key>${key}</key>${value}</extraConfig>`);
  }

  /** Grows a machine's first disk. */
  public async growDisk(path: string, gib: number): Promise<void> {
    const disk = (await this.devices(path)).find(({ type }) => type === "VirtualDisk");
    const parts = (disk?.children ?? []).filter(({ name }) => KEPT_OF_DISK.includes(name)).map(xmlOf);
    const kib = gib * KIB_PER_GIB;
    const size = `<capacityInKB>${String(kib)}</capacityInKB><capacityInBytes>${String(kib * BYTES_PER_KIB)}</capacityInBytes>`;
    const grown = `${parts.join("")}${size}`;
    await this.device(path, "edit", `<device xsi:type="VirtualDisk">${grown}</device>`);
  }

  /** Adds a device to a machine, or changes one. @param device its XML */
  public async device(path: string, operation: "add" | "edit", device: string, file = ""): Promise<void> {
    const change = `<operation>${operation}</operation>${file}${device}`;
    await this.reconfigure(path, `<deviceChange>${change}</deviceChange>`);
  }

  /**
   * Takes the connection of a machine's first network adapter away.
   * @param alsoAtStart also when the machine starts again @default false
   */
  public async disconnect(path: string, { alsoAtStart = false } = {}): Promise<void> {
    const card = await this.card(path);
    const now = child(card, "connectable");
    const atStart = alsoAtStart ? "false" : (childText(now, "startConnected") ?? "true");
    const flags = `<startConnected>${atStart}</startConnected><allowGuestControl>${childText(now, "allowGuestControl") ?? "true"}</allowGuestControl>`;
    const connectable = `<connectable>${flags}<connected>false</connected></connectable>`;
    await this.editCard(path, `${partsOf(card, ["key", "backing"])}${connectable}`);
  }

  /** Connects a machine's first network adapter to another port group of its switch. */
  public async connect(path: string, portGroup: string): Promise<void> {
    const card = await this.card(path);
    const uuid = childText(child(child(card, "backing"), "port"), "switchUuid") ?? "";
    const port = `<port><switchUuid>${uuid}</switchUuid><portgroupKey>${await this.idOf(portGroup)}</portgroupKey></port>`;
    const backing = `<backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo">${port}</backing>`;
    await this.editCard(path, `${partsOf(card, ["key"])}${backing}`);
  }

  /** Switches a machine on as vCenter's own client does: by its datacenter. */
  public async powerOnMany(path: string): Promise<void> {
    const machine = `<vm type="VirtualMachine">${await this.idOf(path)}</vm>`;
    await this.call("PowerOnMultiVM_Task", "Datacenter", path.split("/")[0] ?? "", machine);
  }

  /** Gives a group a role on an object, beside what is given there. @param role id of the role. @default - vCenter's that reads */
  public async permit(type: string, path: string, group: string, role = "-2"): Promise<void> {
    const entity = `<entity type="${type}">${await this.idOf(path)}</entity>`;
    const given = `<principal>${escapeXml(group)}</principal><group>true</group><roleId>${role}</roleId><propagate>true</propagate>`;
    await this.manager("SetEntityPermissions", "AuthorizationManager", `${entity}<permission>${given}</permission>`);
  }

  /** Calls a method of one of vCenter's own objects. @param content XML of its arguments */
  public async manager(method: string, name: string, content: string): Promise<void> {
    await this.soap.call(method, name, name, content);
  }

  /** Gives a machine other memory, in MiB. */
  public async resize(path: string, memoryMib: number): Promise<void> {
    await this.reconfigure(path, `<memoryMB>${String(memoryMib)}</memoryMB>`);
  }

  /** Moves a machine to another datastore or host. @param paths inventory paths of the new places, by their key in a RelocateSpec */
  public async relocate(path: string, paths: { readonly datastore?: string; readonly host?: string }): Promise<void> {
    const types = { datastore: "Datastore", host: "HostSystem" } as const;
    const parts = await Promise.all(
      (["datastore", "host"] as const).map(async (key) => {
        const place = paths[key];
        return place === undefined ? "" : `<${key} type="${types[key]}">${await this.idOf(place)}</${key}>`;
      }),
    );
    await this.call("RelocateVM_Task", "VirtualMachine", path, `<spec>${parts.join("")}</spec>`);
  }

  /** Clones a template into a folder, and does not start the machine: what a deployment leaves that ended meanwhile. */
  public async clone(
    template: string,
    name: string,
    { folder, pool }: { folder: string; pool: string },
  ): Promise<void> {
    const target = `<folder type="Folder">${await this.idOf(folder)}</folder><name>${escapeXml(name)}</name>`;
    const location = `<location><pool type="ResourcePool">${await this.idOf(pool)}</pool></location>`;
    const spec = `<spec>${location}<template>false</template><powerOn>false</powerOn></spec>`;
    await this.call("CloneVM_Task", "VirtualMachine", template, `${target}${spec}`);
  }

  /** Gives a machine a value of a custom attribute, which is created first. @returns vCenter's key of the attribute */
  public async attribute(path: string, name: string, value: string): Promise<number> {
    const definition = `<name>${escapeXml(name)}</name><moType>VirtualMachine</moType>`;
    const manager = ["CustomFieldsManager", "CustomFieldsManager"] as const;
    const made = await this.soap.call("AddCustomFieldDef", ...manager, definition);
    const key = childText(made.children[0], "key") ?? "";
    const id = await this.idOf(path);
    const set = `<entity type="VirtualMachine">${id}</entity><key>${key}</key><value>${escapeXml(value)}</value>`;
    await this.soap.call("SetField", ...manager, set);
    return Number(key);
  }

  /** Gives objects a tag of a category of its own. @param paths inventory paths by managed object type */
  public async tag(objects: Readonly<Record<string, string>>, category: string, name: string): Promise<void> {
    const description = "of another product";
    const kind = { name: category, description, cardinality: "MULTIPLE", associable_types: Object.keys(objects) };
    const category_id = await this.post("category", { create_spec: kind });
    const tag = await this.post("tag", { create_spec: { name, description, category_id } });
    for (const [type, path] of Object.entries(objects)) {
      const object_id = { type, id: await this.idOf(path) };
      await this.post(`tag-association/id:${String(tag)}?~action=attach`, { object_id });
    }
  }

  /** Closes the connection. */
  public close(): void {
    this.soap.close();
  }

  private async card(path: string): Promise<Element | undefined> {
    return (await this.devices(path)).find(({ type }) => type === "VirtualVmxnet3");
  }

  private async editCard(path: string, parts: string): Promise<void> {
    await this.device(path, "edit", `<device xsi:type="VirtualVmxnet3">${parts}</device>`);
  }

  private async idOf(path: string): Promise<string> {
    const search = `<inventoryPath>${escapeXml(path)}</inventoryPath>`;
    const found = await this.soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", search);
    const id = childText(found, "returnval");
    if (id === undefined) throw new Error(`vCenter has no ${path}`);
    return id;
  }

  /** The devices of a machine. */
  public async devices(path: string): Promise<readonly Element[]> {
    const wanted = "<propSet><type>VirtualMachine</type><pathSet>config.hardware.device</pathSet></propSet>";
    const machine = `<objectSet><obj type="VirtualMachine">${await this.idOf(path)}</obj></objectSet>`;
    const set = `<specSet>${wanted}${machine}</specSet><options></options>`;
    const answer = await this.soap.call("RetrievePropertiesEx", "PropertyCollector", "propertyCollector", set);
    return child(child(child(child(answer, "returnval"), "objects"), "propSet"), "val")?.children ?? [];
  }

  private async post(path: string, body: object): Promise<unknown> {
    this.session ??= posted(this.rest, "session").then(String);
    return posted({ ...this.rest, auth: undefined, session: await this.session }, `tagging/${path}`, body);
  }
}

/** In the order of vCenter's schema. */
const KEPT_OF_DISK = ["key", "deviceInfo", "backing", "controllerKey", "unitNumber"];
const KIB_PER_GIB = 1024 * 1024;
const BYTES_PER_KIB = 1024;

/** Some of an element's parts, in their order. */
function partsOf(element: Element | undefined, names: readonly string[]): string {
  const parts = (element?.children ?? []).filter(({ name }) => names.includes(name));
  return parts.map(xmlOf).join("");
}

function xmlOf({ name, type, text, children }: Element): string {
  const kind = type === undefined ? "" : ` xsi:type="${type}"`;
  if (type !== undefined && children.length === 0) return `<${name} type="${type}">${escapeXml(text)}</${name}>`;
  return `<${name}${kind}>${children.length > 0 ? children.map(xmlOf).join("") : escapeXml(text)}</${name}>`;
}

interface RestOptions {
  readonly server: string;
  readonly ca: string;
  readonly auth?: string | undefined;
  readonly session?: string;
}

/** @returns the answer's `value` */
function posted({ server, ca, auth, session }: RestOptions, name: string, body?: object): Promise<unknown> {
  const [host, port] = server.split(":");
  const path = `/rest/com/vmware/cis/${name}`;
  const headers = { "Content-Type": "application/json", ...(session && { "vmware-api-session-id": session }) };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method: "POST", ca, auth, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () => {
        if (response.statusCode === 200) resolve((JSON.parse(text || "{}") as { readonly value?: unknown }).value);
        else reject(new Error(`${path}: ${String(response.statusCode)} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
