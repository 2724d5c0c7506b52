import { entitledGroupDirectory } from "./entitled-group-directory";
import { supportContacts } from "./support-contacts";
import { supportGateways } from "./support-gateways";
import { supportGroupOnce } from "./support-group-once";
import { supportGroupsApart } from "./support-groups-apart";
import { supportOn } from "./support-on";
import { supportSecrets } from "./support-secrets";
import { supportTasks } from "./support-tasks";
import type { RuleTopic } from "../rule";

/** Assistance, and who may use which pool. */
export const support: RuleTopic = {
  title: "Assistance",
  city: [
    entitledGroupDirectory,
    supportContacts,
    supportGateways,
    supportGroupOnce,
    supportGroupsApart,
    supportOn,
    supportSecrets,
    supportTasks,
  ],
  crossCity: [],
};
