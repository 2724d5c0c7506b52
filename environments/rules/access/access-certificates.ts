import { unreached } from "../../../segmentation/expectation";
import { quoted } from "../../display";
import { reachOf } from "../../network/network-plan";
import { serviceNamed } from "../../network/services";
import type { CityRule } from "../rule";

/** Machines that want certificates and get none do not tell each other who has which seat. */
export const accessCertificates: CityRule = {
  id: "access-certificates",
  explanation:
    "with access.machines.vaultService there are a Vault and an authority that is set up, and the access machines reach that service",
  repair: "add what lacks, or take vaultService out",
  *check(city) {
    const { access, network, platform, secrets } = city;
    const name = access?.machines?.vaultService;
    if (access === undefined || name === undefined) return;
    const path = ["access", "machines", "vaultService"];
    if (platform.vault === undefined || secrets.authority === undefined)
      yield { path, message: "the file has no platform.vault and secrets.authority that certificates could come from" };
    const service = serviceNamed(network, name);
    if (service === undefined) {
      yield { path, message: `there is no service ${quoted(name)} in network.services` };
      return;
    }
    const [port = "tcp/8200"] = service.ports;
    const closed = unreached(reachOf(city), { from: access.service, to: name, port });
    if (closed === undefined) return;
    const message = `the access machines do not reach ${quoted(name)} on ${port}: ${closed.because}`;
    yield { path, message, repair: `write a flow from ${access.service} to ${name} in network.flows` };
  },
};
