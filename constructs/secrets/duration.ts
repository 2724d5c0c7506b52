/** Seconds in a minute. Vault's provider reports durations in seconds, so every duration is given in seconds. */
export const SECONDS_PER_MINUTE = 60;

/** Seconds in an hour. */
export const SECONDS_PER_HOUR = 3600;

/** Seconds in a day. */
export const SECONDS_PER_DAY = 86_400;
