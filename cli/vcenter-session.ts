import type { City } from "../environments/model/city";
import { CommandError, InputError } from "../runtime/errors";
import { VcenterError } from "../vcenter/soap";
import { VcenterClient } from "../vcenter/vcenter-client";
import { namedVcenter } from "./named-servers";

/** A login to vCenter, from the variables that the provider reads. */
export interface VcenterUser {
  readonly user: string;
  readonly password: string;
}

/** @throws InputError that lists what is not set */
export function vcenterUser(): VcenterUser {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = process.env;
  const missing = Object.entries({ VSPHERE_USER: user, VSPHERE_PASSWORD: password }).flatMap(([name, value]) =>
    value === "" ? [name] : [],
  );
  if (missing.length === 0) return { user, password };
  throw new InputError(`not set: ${missing.join(", ")}; the login is the one that the provider reads`);
}

/** The vCenter that a command asks: VSPHERE_SERVER, or else the file's. */
export function vcenterServer({ platform }: City): string {
  return namedVcenter() ?? platform.vsphere.server;
}

/**
 * Works in a session of a city's vCenter, which is ended after it.
 * @param connections how many calls may be under way at a time
 * @throws CommandError that names the city and the server, where vCenter is not reached or refuses
 */
export async function inVcenter<T>(
  city: City,
  { user, password }: VcenterUser,
  connections: number,
  work: (client: VcenterClient) => Promise<T>,
): Promise<T> {
  const server = vcenterServer(city);
  try {
    const client = await VcenterClient.logIn({ server, user, password, connections });
    try {
      return await work(client);
    } finally {
      // A session that is not ended expires; nothing is lost.
      await client.logOut().catch(() => undefined);
    }
  } catch (error) {
    if (error instanceof VcenterError)
      throw new CommandError(`vCenter of ${city.city.id} at ${server}: ${error.message}`);
    throw error;
  }
}
