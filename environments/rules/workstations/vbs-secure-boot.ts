import type { CityRule } from "../rule";

/** Microsoft, group policy "Turn On Virtualization Based Security": it requires secure boot; without, Windows does not start it. */
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
