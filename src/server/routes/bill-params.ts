import { z } from "zod";

/** The meter that a route about money is asked for. */
export const meterParams = z.object({ pdl: z.string().regex(/^\d{14}$/) });
