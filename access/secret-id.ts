/**
 * Lifetime of a desktop's secret id, in seconds: an hour, in which the machine boots and logs in. Vault removes expired
 * ones once a minute, so a login may work for a minute longer (measured with OpenBao 2.6.1).
 */
export const SECRET_ID_SECONDS = 3600;

/**
 * Lifetime of its wrapping token, in seconds: 30 days, of Vault's default maximum of 32. The secret id has long expired
 * then; a token that is still unopened shows that nobody took it.
 */
export const WRAPPING_SECONDS = 2_592_000;
