import { accessCertificates } from "./access-certificates";
import { accessCluster } from "./access-cluster";
import { accessFrom } from "./access-from";
import { accessMachineNames } from "./access-machine-names";
import { accessNameOnce } from "./access-name-once";
import { accessReach } from "./access-reach";
import { accessService } from "./access-service";
import { rdpNotPublic } from "./rdp-not-public";
import type { RuleTopic } from "../rule";

/** How people reach their seats. */
export const access: RuleTopic = {
  title: "How people reach their seats",
  city: [
    accessCertificates,
    accessCluster,
    accessFrom,
    accessMachineNames,
    accessNameOnce,
    accessReach,
    accessService,
    rdpNotPublic,
  ],
  crossCity: [],
};
