import type { Member } from "../gateway";

/**
 * On which days of the week each gateway updates, 0 being Sunday (in every language, unlike names), and when it restarts after that if
 * an update wants it, by its own clock. Debian updates from 06:00 to 07:00, so the second restarts a day after the first; where a
 * run is made up for after midnight, still an hour. Who has a bad kernel on one gateway has a day to stop the other.
 */
const TURNS = [
  { days: ["1", "3", "5"], restart: "03:00" },
  { days: ["2", "4", "6"], restart: "04:00" },
] as const;

/**
 * apt's configuration of one gateway for Debian's unattended-upgrades: security updates and nothing else, of the template's own sources.
 * Without that package in the template it has no effect.
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
