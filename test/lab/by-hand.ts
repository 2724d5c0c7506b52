import { readFileSync } from "node:fs";
import type { LabSession } from "../../lab/session";
import { Soap } from "../../vcenter/soap";
import { childText, escapeXml } from "../../vcenter/xml";

/** Changes a city's vCenter past Terraform, as somebody does at vCenter's own client. */
export class ByHand {
  private constructor(private readonly soap: Soap) {}

  /** Logs in to a city's vCenter. */
  public static async logIn(lab: LabSession, city: string): Promise<ByHand> {
    const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.environment();
    const server = lab.data.cities.find(({ id }) => id === city)?.vcenter ?? "";
    const soap = new Soap({ server, ca: readFileSync(lab.paths.certificates, "utf8"), connections: 1 });
    const login = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
    await soap.call("Login", "SessionManager", "SessionManager", login);
    return new ByHand(soap);
  }

  /** Calls a method of the object at an inventory path. @param content XML of its arguments */
  public async call(method: string, type: string, path: string, content = ""): Promise<void> {
    const search = `<inventoryPath>${escapeXml(path)}</inventoryPath>`;
    const found = await this.soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", search);
    const id = childText(found, "returnval");
    if (id === undefined) throw new Error(`vCenter has no ${path}`);
    await this.soap.call(method, type, id, content);
  }

  /** Gives a machine other memory, in MiB. */
  public async resize(path: string, memoryMib: number): Promise<void> {
    await this.call(
      "ReconfigVM_Task",
      "VirtualMachine",
      path,
      `<spec><memoryMB>${String(memoryMib)}</memoryMB></spec>`,
    );
  }

  /** Closes the connection. */
  public close(): void {
    this.soap.close();
  }
}
