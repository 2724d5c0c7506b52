import type { Member } from "../gateway";

/**
 * The weekdays on which each gateway updates, 0 is Sunday (a number, since names depend on the language), and the local
 * time of a restart that an update needs. Debian updates from 06:00 to 07:00, so the second gateway restarts a day
 * after the first; an hour later where a missed run starts after midnight. If the first gets a bad kernel, there is a
 * day to stop the second.
 */
const TURNS = [
  { days: ["1", "3", "5"], restart: "03:00" },
  { days: ["2", "4", "6"], restart: "04:00" },
] as const;

/**
 * apt's configuration of one gateway for Debian's unattended-upgrades: security updates only, from the template's
 * sources. Without that package in the template it has no effect.
 */
export function securityUpdates(member: Member): string {
  const { days, restart } = TURNS[member];
  return [
    'APT::Periodic::Update-Package-Lists "1";',
    'APT::Periodic::Unattended-Upgrade "1";',
    "#clear Unattended-Upgrade::Origins-Pattern;",
    "#clear Unattended-Upgrade::Allowed-Origins;",
    "#clear Unattended-Upgrade::Update-Days;",
    'Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=${distro_codename}-security,label=Debian-Security"; };',
    `Unattended-Upgrade::Update-Days { ${days.map((day) => `"${day}";`).join(" ")} };`,
    'Unattended-Upgrade::Automatic-Reboot "true";',
    'Unattended-Upgrade::Automatic-Reboot-WithUsers "true";',
    `Unattended-Upgrade::Automatic-Reboot-Time "${restart}";`,
    "",
  ].join("\n");
}
