import type { ParameterValues } from "../policy";

/**
 * Parameters that a request for a certificate must not have. With dates of its own a certificate could outlive the
 * role's maximum, as OpenBao 2.6.1 permits unless the role forbids it, which no provider can declare. Besides a host's
 * name the authority also accepts a mail address at the host, and provider 3.3.1 cannot turn wildcards off: so the name
 * must have neither sign, and there is no second name.
 */
export const NEVER_ASKED: ParameterValues = {
  not_after: [],
  not_before: [],
  // A `*` at either end stands for any text.
  common_name: ["***", "*@*"],
  alt_names: [],
};
