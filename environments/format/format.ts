/**
 * The version of a city's file's format that this toolkit reads, the value of its key `format`. It is raised only where a file of
 * before would mean something else or no longer load, with a migration in editing/migrate/. A file without the key has format 1 for
 * ever, and never "the newest": so a file that is valid today stays what it is, and needs no line for it.
 */
export const FORMAT = 1;
