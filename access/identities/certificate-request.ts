import type { ParameterValues } from "../policy";

/**
 * What nobody who asks for a certificate may say. With dates of his own he gets one for longer than the role's longest life, as
 * OpenBao 2.6.1 permits unless the role says otherwise, which no provider can declare. Beside a host's name the authority also lets
 * a mail address at the host pass, and provider 3.3.1 cannot close wildcards: so neither sign may be in the name, and there is no
 * second name.
 */
export const NEVER_ASKED: ParameterValues = {
  not_after: [],
  not_before: [],
  // Stars around a text stand for any text there.
  common_name: ["***", "*@*"],
  alt_names: [],
};
