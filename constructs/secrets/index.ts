export { CitySecrets } from "./city-secrets";
export type { CityPeople, CitySecretsProps } from "./city-secrets";
