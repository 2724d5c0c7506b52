import type { Runbooks } from "./runbook";
import { applied, onlyIf, say, type } from "./steps";

/** Runbooks for what all seats have together: network, secrets, an emergency. */
export const cityRunbooks = {
  "certificate-expired": {
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, authority }, own) => [
      type(`npm run secrets -- status ${city}`, own.status),
      ...onlyIf(
        authority,
        type(`npm run secrets -- authority request ${city} --out ${city}.csr`, own.request),
        type(`npm run secrets -- authority install ${city} ${city}-authority.pem`, own.install),
      ),
      say(own.agent(city)),
    ],
  },
  "wrong-flow": {
    duty: "network-team",
    steps: ({ city, gateways }, own, shared) => [
      type(`npm run report -- network ${city}`, own.see),
      say(own.correct),
      type("npm run validate", shared.check),
      ...applied(city, shared, own.applied),
      ...onlyIf(gateways, type(`npm run gateways -- ${city}`, own.gateways)),
      ...onlyIf(!gateways, type(`npm run report -- firewall ${city} --out firewalls`, own.firewall)),
    ],
  },
  "emergency-begins": {
    duty: "desktop-team",
    concerns: ({ emergency }) => emergency,
    steps: ({ city, surge }, own, shared) => [
      say(own.activate),
      type("npm run validate", shared.check),
      ...applied(city, shared, own.applied(surge)),
      ...onlyIf(surge, type(`npm run secrets -- first ${city}`, own.firstSecrets)),
    ],
  },
  "emergency-ends": {
    duty: "desktop-team",
    concerns: ({ emergency }) => emergency,
    steps: ({ city, surge, computers }, own, shared) => [
      say(own.deactivate),
      ...applied(city, shared, own.applied(surge)),
      ...onlyIf(surge && computers, type(`npm run computers -- ${city} --disable`, own.accounts)),
    ],
  },
  "stolen-machine": {
    duty: "security",
    steps: ({ city, seat, account, authority }, own, shared) => [
      say(own.isolate(seat)),
      say(own.snapshot),
      ...onlyIf(authority, type(`npm run secrets -- authority revoke ${city} 3a:5c:07`, own.revoke)),
      ...onlyIf(account !== undefined, type(`npm run secrets -- rotate ${city} ${account ?? ""}`, own.rotate)),
      say(own.replace),
      ...applied(city, shared, own.applied),
    ],
  },
  "vault-sealed": {
    duty: "desktop-team",
    concerns: ({ vault }) => vault,
    steps: ({ city, pool }, own) => [
      say(own.meanwhile),
      type("bao status", own.status),
      type("bao operator unseal", own.unseal),
      type(`npm run secrets -- status ${city}`, own.right),
      type(`npm run secrets -- first ${city} --pool ${pool}`, own.firstSecrets),
    ],
  },
} satisfies Partial<Runbooks>;
