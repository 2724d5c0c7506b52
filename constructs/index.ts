export * from "./desktops";
export * from "./network";
export * from "./secrets";
export * from "./support";
export { ValidationError } from "./validation-error";
