import { z } from "zod";
import { commonSwitches, defaultSwitches } from "#simulators/common-switches.ts";
import { never, oddsSchema } from "#simulators/odds.ts";
import { createSwitches } from "#simulators/switches.ts";

const schema = z.strictObject({
  ...commonSwitches,
  /** `expired` and `deleted` are no states of Green API but refusals of every method. */
  stateInstance: z.enum([
    "authorized",
    "notAuthorized",
    "starting",
    "yellowCard",
    "blocked",
    "sleepMode",
    "expired",
    "deleted",
  ]),
  /** Accepted messages stay in the queue. */
  holdQueue: z.boolean(),
  /** The journals show a message only after this time; up to two minutes at Green API. */
  historyDelayMs: z.int().nonnegative(),
  /** What customers write is in the journals alone. */
  loseWebhooks: z.boolean(),
  answer466: oddsSchema,
});
const patchSchema = schema.partial();

export type GreenApiSwitchState = z.output<typeof schema>;
export type GreenApiSwitchPatch = z.input<typeof patchSchema>;
export type GreenApiSwitches = ReturnType<typeof createGreenApiSwitches>;

export function createGreenApiSwitches() {
  return createSwitches<GreenApiSwitchState, GreenApiSwitchPatch>({
    makeDefaults: () => ({
      ...defaultSwitches(),
      stateInstance: "authorized",
      holdQueue: false,
      historyDelayMs: 0,
      loseWebhooks: false,
      answer466: { ...never },
    }),
    parsePatch: (patch) => patchSchema.parse(patch),
  });
}
