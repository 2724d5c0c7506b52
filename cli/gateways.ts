import type { Command } from "commander";
import { InputError } from "../runtime/errors";
import { cityCommand } from "./city-command";
import type { CityOptions } from "./city-command";
import { bringUp } from "./gateways/bring-up";
import { cityGateways, gatewayLogin, gatewayStacks } from "./gateways/city-gateways";
import { fileToLogIn } from "./login-hosts";
import { cliProgress } from "./progress";
import { runCommand } from "./run-command";

const GATEWAYS_HELP = `
Has the gateways of a city load the rules that vCenter has for them, one after the other: in place, on trial, and confirmed over a
new connection. Where no confirmation comes within 5 minutes, as when the new rules cut the path to vCenter, the former rules
return. A gateway whose configuration changed restarts, while the other one carries. The second is changed only once the first
carries. 'npm run apply' does the same after each gateway's stack: run this after 'cdktf deploy', and again where it was
interrupted.

Reads VSPHERE_USER and VSPHERE_PASSWORD, as the provider does. NODE_EXTRA_CA_CERTS names the file of your own authority.

Of several pairs, one after the other in the order of the file. Then the access machines by which people reach their seats: these
load what HAProxy accepts by themselves and cut no session, so the command waits until they have it, and restarts one whose other
configuration changed.

Exit codes: 0 all carry what vCenter has for them, 1 a gateway does not, 2 bad input, 130 ended by Ctrl-C.`;

/** `gateways CITY`: has the gateways of a city load their rules in place. */
export function gatewaysCommand(): Command {
  const description = "Have a city's gateways load their rules in place, and confirm them";
  return cityCommand("gateways", description, GATEWAYS_HELP).action((id: string, options: CityOptions) =>
    runCommand((signal) => bringUpAll(id, options, signal)),
  );
}

/** @throws CommandError of the first gateway that does not carry; the next one is not asked then */
async function bringUpAll(id: string, { environments }: CityOptions, signal: AbortSignal): Promise<void> {
  const { deployed } = fileToLogIn(environments, id, { vsphere: undefined });
  if (gatewayStacks(deployed).length === 0) {
    throw new InputError(`${id} has no gateways and no access machines: its own firewalls enforce`);
  }
  for (const paired of cityGateways(deployed, gatewayLogin(deployed))) {
    const { name } = paired.gateway;
    const done = await cliProgress().step(name, (say) => bringUp({ ...paired, signal, say }));
    console.log(`${name}: ${done}`);
  }
}
