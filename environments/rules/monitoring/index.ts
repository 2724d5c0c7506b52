import { monitoringFrom } from "./monitoring-from";
import { monitoringMail } from "./monitoring-mail";
import { monitoringOwner } from "./monitoring-owner";
import { monitoringReach } from "./monitoring-reach";
import { monitoringThreshold } from "./monitoring-threshold";
import type { RuleTopic } from "../rule";

/** What watches the city, and who is told. */
export const monitoring: RuleTopic = {
  title: "Monitoring",
  city: [monitoringFrom, monitoringMail, monitoringOwner, monitoringReach, monitoringThreshold],
  crossCity: [],
};
