import { z } from "zod";
import { commonSwitches, defaultSwitches } from "#simulators/common-switches.ts";
import { never, oddsSchema } from "#simulators/odds.ts";
import { createSwitches } from "#simulators/switches.ts";

const schema = z.strictObject({
  ...commonSwitches,
  /** The first channel's state; turning it is told by a webhook. */
  channelState: z.enum([
    "active",
    "init",
    "disabled",
    "phoneUnavailable",
    "qr",
    "openElsewhere",
    "notEnoughMoney",
    "foreignphone",
    "unauthorized",
    "waitForPassword",
    "onModeration",
    "rejected",
  ]),
  /** A send is refused with `refuseCode`. */
  refuse: oddsSchema,
  refuseCode: z.string().min(1),
  /** How a repeated crmMessageId is called: the documents have both. */
  repeatedSpelling: z.enum(["REPEATED_CRM_MESSAGE_ID", "repeatedCrmMessageId"]),
});
const patchSchema = schema.partial();

export type WazzupSwitchState = z.output<typeof schema>;
export type WazzupSwitchPatch = z.input<typeof patchSchema>;
export type WazzupSwitches = ReturnType<typeof createWazzupSwitches>;

export function createWazzupSwitches() {
  return createSwitches<WazzupSwitchState, WazzupSwitchPatch>({
    makeDefaults: () => ({
      ...defaultSwitches(),
      channelState: "active",
      refuse: { ...never },
      refuseCode: "INVALID_MESSAGE_DATA",
      repeatedSpelling: "REPEATED_CRM_MESSAGE_ID",
    }),
    parsePatch: (patch) => patchSchema.parse(patch),
  });
}
