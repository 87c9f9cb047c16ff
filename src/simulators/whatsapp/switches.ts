import { z } from "zod";
import { commonSwitches, defaultSwitches } from "#simulators/common-switches.ts";
import { never, oddsSchema } from "#simulators/odds.ts";
import { createSwitches } from "#simulators/switches.ts";

const schema = z.strictObject({
  ...commonSwitches,
  /** Everyone counts as having written within 24 hours. */
  openWindow: z.boolean(),
  /** Sends are refused with `refuseCode`. */
  refuse: oddsSchema,
  refuseCode: z.int(),
});
const patchSchema = schema.partial();

export type WhatsappSwitchState = z.output<typeof schema>;
export type WhatsappSwitchPatch = z.input<typeof patchSchema>;
export type WhatsappSwitches = ReturnType<typeof createWhatsappSwitches>;

export function createWhatsappSwitches() {
  return createSwitches<WhatsappSwitchState, WhatsappSwitchPatch>({
    makeDefaults: () => ({
      ...defaultSwitches(),
      openWindow: false,
      refuse: { ...never },
      refuseCode: 131026,
    }),
    parsePatch: (patch) => patchSchema.parse(patch),
  });
}
