/** The hypervisor's number of the machine: vSphere gives each clone another, and a machine keeps its own when it moves. */
const MACHINE = "/sys/class/dmi/id/product_uuid";
/** Whose host keys lie beside it. */
const KEYS_OF = "/etc/ssh/postazioni-host-keys-of";

/**
 * A line of shell that makes a machine's SSH host keys anew where they are not its own, as after it was cloned from a template that
 * brings keys. Every boot runs it before sshd starts (cloud-init's bootcmd). cloud-init would make them anew for each new instance id,
 * and so for each changed flow: people would get used to keys that change.
 */
export const OWN_HOST_KEYS = [
  `if command -v ssh-keygen >/dev/null && ! cmp -s ${MACHINE} ${KEYS_OF}`,
  `then rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub && ssh-keygen -A && cat ${MACHINE} >${KEYS_OF}`,
  "fi",
].join("; ");
