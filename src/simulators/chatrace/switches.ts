import { z } from "zod";
import { commonSwitches, defaultSwitches } from "#simulators/common-switches.ts";
import { never, oddsSchema } from "#simulators/odds.ts";
import { createSwitches } from "#simulators/switches.ts";

/** Where messages are listed is in no public page: these four are what the first users tried. */
export const pollPaths = [
  "/messages/receive",
  "/messages/get",
  "/instagram/messages",
  "/api/messages",
] as const;

const schema = z.strictObject({
  ...commonSwitches,
  /** Also who has not written here is a contact: the tests post their messages themselves. */
  openContacts: z.boolean(),
  /** The one path that lists messages; the others answer 404. */
  pollPath: z.enum([...pollPaths, "none"]),
  /** `all`: the last hundred, the youngest first. `cursor`: what came after the cursor of the question. */
  listing: z.enum(["all", "cursor"]),
  /** Listed messages have ids. */
  listsIds: z.boolean(),
  /** The External Request carries a form in the place of JSON. */
  postsForms: z.boolean(),
  /** Sends are answered 200 with an error of `refuseCode`. */
  refuse: oddsSchema,
  refuseCode: z.int(),
});
const patchSchema = schema.partial();

export type ChatraceSwitchState = z.output<typeof schema>;
export type ChatraceSwitchPatch = z.input<typeof patchSchema>;
export type ChatraceSwitches = ReturnType<typeof createChatraceSwitches>;

export function createChatraceSwitches() {
  return createSwitches<ChatraceSwitchState, ChatraceSwitchPatch>({
    makeDefaults: () => ({
      ...defaultSwitches(),
      openContacts: false,
      pollPath: "/instagram/messages",
      listing: "all",
      listsIds: true,
      postsForms: false,
      refuse: { ...never },
      refuseCode: 400,
    }),
    parsePatch: (patch) => patchSchema.parse(patch),
  });
}
