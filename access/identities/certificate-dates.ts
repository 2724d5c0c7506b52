import type { ParameterValues } from "../policy";

/**
 * What nobody who asks for a certificate may say: with dates of his own he gets one for longer than the role's longest life, as
 * OpenBao 2.6.1 permits unless the role says otherwise, which no provider can declare.
 */
export const OWN_DATES: ParameterValues = { not_after: [], not_before: [] };
