/**
 * Life of a desktop's secret id, in seconds: an hour from when it is issued until a machine has booted and logged in.
 * Vault takes out what is late once a minute, so it may log in for a minute more (measured with OpenBao 2.6.1).
 */
export const SECRET_ID_SECONDS = 3600;

/**
 * Life of what it is wrapped in, in seconds: 30 days, of the 32 that Vault gives anything by default. What is inside is worth
 * nothing by then; that it is still unopened shows that nobody took it.
 */
export const WRAPPING_SECONDS = 2_592_000;
