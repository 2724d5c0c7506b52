import { effectiveFlows } from "../environments/network/effective-flows";
import type { City } from "../environments/model/city";
import { MANAGEMENT_PATH } from "../segmentation/plan";
import { PORT_PRESETS } from "../segmentation/port-presets";
import type { PortPreset } from "../segmentation/port-presets";

/** A preset of ports that a city's rules name. */
export interface UsedPreset extends PortPreset {
  /** Ids of the rules that name it, themselves or by the service that they lead to. */
  readonly rules: readonly string[];
}

/** The presets that a city's rules name, by name. */
export function usedPresets(city: City): UsedPreset[] {
  const naming = [
    ...effectiveFlows(city).map(({ id, presets }) => ({ id, ports: presets })),
    ...city.network.blocks.map(({ id, ports = [] }) => ({ id, ports })),
    { id: MANAGEMENT_PATH, ports: city.network.management?.ports ?? [] },
  ];
  return PORT_PRESETS.flatMap((preset) => {
    const rules = naming.filter(({ ports }) => ports.includes(preset.name)).map(({ id }) => id);
    return rules.length === 0 ? [] : [{ ...preset, rules: rules.sort() }];
  });
}
