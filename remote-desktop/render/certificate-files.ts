import type { Member } from "../../segmentation/gateway";
import type { AccessCertificates } from "../../environments/desktop-access/access-certificates";
import { FETCHER } from "./own-files";
import { FILES } from "./paths";

/** Starts what fetches the certificate; it asks Vault only where something is due. */
export const CERTIFICATE_TIMER = "postazioni-certificate.timer";

/** A file of an access machine. */
interface MachineFile {
  readonly path: string;
  readonly text: string;
  readonly permissions?: string;
}

/** What fetches an access machine's certificate and renews it, with its unit and its timer. */
export function certificateFiles(
  city: string,
  { vault, root, hosts }: AccessCertificates,
  member: Member,
): MachineFile[] {
  const command = [FILES.fetcher, vault, city, hosts[member], root].join(" ");
  return [
    { path: FILES.fetcher, text: FETCHER, permissions: "0755" },
    { path: `${UNITS}/postazioni-certificate.service`, text: lines([...SERVICE, `ExecStart=${command}`]) },
    { path: `${UNITS}/${CERTIFICATE_TIMER}`, text: TIMER },
  ];
}

const UNITS = "/etc/systemd/system";

/** A oneshot has no limit by itself, and the timer starts no second one beside one that hangs. */
const SERVICE = [
  ...["[Unit]", "Description=The access machine's certificate", ""],
  ...["[Service]", "Type=oneshot", "TimeoutStartSec=5min"],
];

const TIMER = lines([
  ...["[Timer]", "OnBootSec=1min", "OnUnitActiveSec=5min", "RandomizedDelaySec=30s", ""],
  ...["[Install]", "WantedBy=timers.target"],
]);

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
