/** Languages in which a city can have what its people read, the default first: cities are Italian, as `locale` of Windows is by default. */
export const LANGUAGES = ["it", "en"] as const;

/** @see LANGUAGES */
export type Language = (typeof LANGUAGES)[number];
