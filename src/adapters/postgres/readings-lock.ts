import type { UsagePointId } from "../../domain/units.ts";
import type { Flow } from "../../domain/usage-point.ts";

/**
 * Held by whoever changes the readings of a usage point and flow, says that they are derived, or changes the hours of
 * its statistics. Nobody but the writer of Tempo colours holds more than one.
 */
export const readingsLock = ({ usagePoint, flow }: { usagePoint: UsagePointId; flow: Flow }): string =>
  `readings/${usagePoint}/${flow}`;
