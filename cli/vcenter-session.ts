import type { City } from "../environments/model/city";
import { CommandError, InputError } from "../runtime/errors";
import { VcenterError } from "../vcenter/soap";
import { VcenterClient } from "../vcenter/vcenter-client";
import type { VcenterLogin } from "../vcenter/vcenter-client";
import { namedVcenter } from "./named-servers";

/** The login to vCenter in the variables that the provider reads. @throws InputError that lists what is not set */
export function vcenterUser(): Pick<VcenterLogin, "user" | "password"> {
  const { VSPHERE_USER: user = "", VSPHERE_PASSWORD: password = "" } = process.env;
  const missing = Object.entries({ VSPHERE_USER: user, VSPHERE_PASSWORD: password }).flatMap(([name, value]) =>
    value === "" ? [name] : [],
  );
  if (missing.length === 0) return { user, password };
  throw new InputError(`not set: ${missing.join(", ")}; the login is the one that the provider reads`);
}

/**
 * Works in a session of a city's vCenter, which is ended after it.
 * @throws CommandError that names the city and the server, where vCenter is not reached or refuses
 */
export async function inVcenter<T>(
  { city }: { readonly city: Pick<City["city"], "id"> },
  login: VcenterLogin,
  work: (client: VcenterClient) => Promise<T>,
): Promise<T> {
  try {
    return await inSession(login, work);
  } catch (error) {
    if (error instanceof VcenterError)
      throw new CommandError(`vCenter of ${city.id} at ${login.server}: ${error.message}`);
    throw error;
  }
}

/**
 * The same at the vCenter that is named, else the file's, with the login of the environment.
 * @param connections calls at a time
 */
export function inCitysVcenter<T>(
  city: Pick<City, "city" | "platform">,
  connections: number,
  work: (client: VcenterClient) => Promise<T>,
): Promise<T> {
  const server = namedVcenter() ?? city.platform.vsphere.server;
  return inVcenter(city, { server, ...vcenterUser(), connections }, work);
}

/** vCenter's reason for one of several, so that it does not keep the others. @throws any other error */
export function refusalOf(error: unknown): string {
  if (error instanceof VcenterError) return error.message;
  throw error;
}

/** The same, whose errors are vCenter's own. @throws VcenterError where vCenter is not reached or refuses */
export async function inSession<T>(login: VcenterLogin, work: (client: VcenterClient) => Promise<T>): Promise<T> {
  const client = await VcenterClient.logIn(login);
  try {
    return await work(client);
  } finally {
    // A session that is not ended expires; nothing is lost.
    await client.logOut().catch(() => undefined);
  }
}
