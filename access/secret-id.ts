/**
 * Life of a desktop's secret id, in seconds: an hour from when it is issued until a machine has booted and logged in. Nothing
 * that carries it lives longer.
 */
export const SECRET_ID_SECONDS = 3600;
