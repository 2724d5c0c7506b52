/** Name of the only interface of an access machine. */
export const LEG = "access";
