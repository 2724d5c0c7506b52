import { GO_INSTALLATION } from "../lab/tools/requirements";
import { PROOF_NEEDS } from "./packet-proof";
import type { SystemNeed } from "./system-need";

/** Builds the simulated vCenter. */
export const GO: SystemNeed = { program: "go", install: GO_INSTALLATION };
const PYTHON: SystemNeed = { program: "python3", install: "apt-get install python3 python3-pip" };
/** A real LDAP directory, for tests that log in to one. */
const DIRECTORY: readonly SystemNeed[] = [
  { program: "slapd", install: "apt-get install slapd" },
  { program: "ldapwhoami", install: "apt-get install ldap-utils" },
];
/** Signs as the owner of an offline root does. */
const OPENSSL: SystemNeed = { program: "openssl", install: "apt-get install openssl" };
/** A real SSH server and client, for certificates of people's keys. */
const SSH: readonly SystemNeed[] = [
  { program: "sshd", install: "apt-get install openssh-server" },
  { program: "ssh", install: "apt-get install openssh-client" },
];
/** Checks what commands write for Prometheus. */
const PROMTOOL: SystemNeed = { program: "promtool", install: "apt-get install prometheus" };
/** The lab's programs and those of its tests. */
export const LAB: readonly SystemNeed[] = [GO, PYTHON, OPENSSL, ...DIRECTORY, ...SSH, PROMTOOL];
/** Opens the preview's page. CHROME_PATH may name another Chromium-based browser. */
export const PAGE: readonly SystemNeed[] =
  process.env.CHROME_PATH === undefined ? [{ program: "chromium", install: "apt-get install chromium" }] : [];
/** The packet proof's programs, keepalived for the gateways' failover, a DHCP server, relay and client, router advertisements, and HAProxy for people's way to their seats. */
export const NETWORK: readonly SystemNeed[] = [
  PYTHON,
  ...PROOF_NEEDS,
  { program: "keepalived", install: "apt-get install keepalived" },
  // The gateways ask by it whether a path is alive.
  { program: "arping", install: "apt-get install iputils-arping" },
  { program: "dnsmasq", install: "apt-get install dnsmasq-base" },
  { program: "udhcpc", install: "apt-get install udhcpc" },
  { program: "radvd", install: "apt-get install radvd" },
  { program: "haproxy", install: "apt-get install haproxy" },
  { program: "socat", install: "apt-get install socat" },
];
/** Emulates a machine with Debian's own kernel. */
export const EMULATION: readonly SystemNeed[] = [
  { program: "qemu-system-x86_64", install: "apt-get install qemu-system-x86" },
  { program: "busybox", install: "apt-get install busybox" },
];
/** A real Active Directory, and a machine that joins it. */
export const DOMAIN: readonly SystemNeed[] = [
  {
    program: "samba-tool",
    install: "apt-get install samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules",
  },
  { program: "wbinfo", install: "apt-get install winbind" },
  { program: "adcli", install: "apt-get install adcli" },
];
/** Seats that people log in to by remote desktop with passwords of the directory, their clients, and pictures of their screens. */
export const REMOTE_DESKTOPS: readonly SystemNeed[] = [
  { program: "xrdp", install: "apt-get install xrdp xorgxrdp libpam-krb5" },
  { program: "xfreerdp", install: "apt-get install freerdp2-x11" },
  { program: "Xvfb", install: "apt-get install xvfb" },
  { program: "xmessage", install: "apt-get install x11-utils" },
  { program: "import", install: "apt-get install imagemagick" },
];
/** Prometheus and Alertmanager with their checkers; Debian's packages start no service in CI's containers. */
export const MONITORING: readonly SystemNeed[] = [
  { program: "prometheus", install: "apt-get install prometheus" },
  PROMTOOL,
  { program: "prometheus-alertmanager", install: "apt-get install prometheus-alertmanager" },
  { program: "amtool", install: "apt-get install prometheus-alertmanager" },
];
/** Keeps states, with a server that need not run as a service; and a clock that jumps. */
export const STATES: readonly SystemNeed[] = [
  { program: "psql", install: "apt-get install postgresql" },
  { program: "faketime", install: "apt-get install faketime" },
];
