import { readFileSync } from "node:fs";
import { escapeXml } from "../access/vsphere/xml-text";
import { machineFolder } from "../environments/folder-names";
import type { DeployedCity } from "../environments/model/city";
import { seatName } from "../environments/seats/seats";
import type { LabSession } from "../lab/session";
import { CommandError } from "../runtime/errors";
import type { PoolSeats } from "../secrets/pool-seats";
import { Soap } from "../vcenter/soap";
import { VcenterClient } from "../vcenter/vcenter-client";
import type { VcenterLogin } from "../vcenter/vcenter-client";
import { childText } from "../vcenter/xml";
import { pause } from "../runtime/until";
import type { LabPool } from "./lab-city";

/** Where the simulator's inventory has the machines: a city's file may not adopt from the city's own folder. */
const MADE_IN = "Bench";
const CITY_CODE = "ct";
const CONNECTIONS = 8;
const POLL_MS = 100;

/** A pool of people's desktops whose machines the simulator makes by itself, in a folder of their own. */
export function madePool(name: string, code: string, seats: number): LabPool {
  const adopt = Array.from({ length: seats }, (_, index) => ({
    seat: index + 1,
    machine: `${MADE_IN}/${seatName(CITY_CODE, code, index + 1)}`,
  }));
  return { name, code, seats, assignment: "dedicated", adopt };
}

/** Moves the machines of a pool into its folder by one call, as a person would. */
export async function moveMachines(login: VcenterLogin, city: DeployedCity, pool: PoolSeats): Promise<void> {
  const client = await VcenterClient.logIn(login);
  const soap = new Soap(login);
  const seats = new Set(pool.seats);
  const made = (await client.machinesIn(`${machineFolder(city)}/${MADE_IN}`))?.filter(({ name }) => seats.has(name));
  if (made?.length !== seats.size) throw new CommandError("the simulator did not make the machines");
  const { user, password } = login;
  const credentials = `<userName>${escapeXml(user)}</userName><password>${escapeXml(password)}</password>`;
  await soap.call("Login", "SessionManager", "SessionManager", credentials);
  const path = `<inventoryPath>${escapeXml(pool.folder)}</inventoryPath>`;
  const found = await soap.call("FindByInventoryPath", "SearchIndex", "SearchIndex", path);
  const list = made.map(({ id }) => `<list type="VirtualMachine">${escapeXml(id)}</list>`).join("");
  await soap.call("MoveIntoFolder_Task", "Folder", childText(found, "returnval") ?? "", list);
  while ((await client.machinesIn(pool.folder))?.length !== seats.size) {
    await pause(POLL_MS);
  }
  soap.close();
  await client.logOut();
}

/** The login of a lab with one city. */
export function loginOf(lab: LabSession): VcenterLogin {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = lab.environment();
  const [city] = lab.data.cities;
  const ca = readFileSync(lab.paths.certificates, "utf8");
  return { server: city?.vcenter ?? "", user, password, ca, connections: CONNECTIONS };
}
