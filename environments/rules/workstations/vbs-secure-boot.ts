import type { CityRule } from "../rule";

/** VMware, "vSphere Security", "Enable Virtualization-based Security": secure boot is on, or Windows does not start it. */
export const vbsSecureBoot: CityRule = {
  id: "vbs-secure-boot",
  explanation: "vbs needs secureBoot",
  repair: "take vbs or secureBoot: false out",
  *check({ workstations }) {
    for (const [name, { vbs, secureBoot }] of Object.entries(workstations))
      if (vbs && !secureBoot)
        yield {
          path: ["workstations", name, "vbs"],
          message: "virtualization-based security is on, and secure boot off",
        };
  },
};
