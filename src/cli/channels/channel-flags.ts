import ipaddr from "ipaddr.js";
import { z } from "zod";
import { phoneFlag } from "#cli/phone-flag.ts";

const none = z.literal("none");
const address = z.string().refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), {
  error: ({ input }) => `"${String(input)}" is no IP address or network`,
});

/** Letters that stand in paths, jobs and logs without escapes. */
export const plainName = z
  .string()
  .regex(/^[\w.-]{1,64}$/, "takes letters, digits, _ . and -, at most 64");

/** A text, or `none` to take the setting away. */
const digitsOrNone = (least: number, most: number) =>
  z.union([none, z.coerce.number().int().min(least).max(most)], {
    error: `must be a whole number from ${least} to ${most}, or none`,
  });

/** The checks of the settings that `channel add` and `channel set` share. */
export const channelFields = {
  name: z.string().trim().min(1).max(200).exactOptional(),
  externalId: z
    .string()
    .regex(/^[\w.:@-]{1,128}$/, "must be the provider's id of the account, without spaces")
    .exactOptional(),
  token: z.string().min(1, "must not be empty").exactOptional(),
  tokenStdin: z.boolean().exactOptional(),
  secret: z.array(z.string().min(1, "must not be empty")).exactOptional(),
  key: z
    .string()
    .regex(/^[\w-]{3,64}$/, "takes 3 to 64 letters, digits, _ and -")
    .exactOptional(),
  open: z.enum(["loopback", "anywhere", "none"]).exactOptional(),
  allowFrom: z
    .string()
    .transform((text) => (text === "none" ? [] : text.split(",").map((part) => part.trim())))
    .pipe(z.array(address))
    .exactOptional(),
  default: z.boolean().exactOptional(),
  bot: z
    .string()
    .transform((text) => (text === "none" ? [] : text.split(",").map((part) => part.trim())))
    .pipe(z.array(plainName))
    .exactOptional(),
  apiUrl: z.union([none, z.url()], { error: "must be a URL, or none" }).exactOptional(),
  delivery: z.enum(["webhook", "polling"]).exactOptional(),
  pollEveryMs: digitsOrNone(1000, 3_600_000).exactOptional(),
  pollPaths: z
    .union(
      [
        none,
        z
          .string()
          .regex(/^\/[\w./-]*(,\/[\w./-]*){0,9}$/)
          .transform((text) => text.split(",")),
      ],
      { error: "must be paths like /messages/get, at most 10, or none" },
    )
    .exactOptional(),
  pollHeader: z
    .string()
    .regex(/^[\w-]{1,200}$/, "must be a header's name, or none")
    .exactOptional(),
  pollItems: z
    .string()
    .regex(/^\w+(\.\w+)*$/, "must look like data.messages, or be none")
    .exactOptional(),
  holdMs: digitsOrNone(0, 60_000).exactOptional(),
  perSecond: digitsOrNone(1, 1000).exactOptional(),
  pairIntervalMs: digitsOrNone(0, 3_600_000).exactOptional(),
  pairBurst: digitsOrNone(1, 1000).exactOptional(),
  unknownPolicy: z.enum(["evidence", "hold", "resend"]).exactOptional(),
  windowTemplate: z.string().min(1).exactOptional(),
  windowLanguage: z.string().min(2).exactOptional(),
  phone: z.union([none, phoneFlag]).exactOptional(),
  waba: z.union([none, plainName]).exactOptional(),
  signIn: z.boolean().exactOptional(),
  answerCrm: z.boolean().exactOptional(),
  inactive: z.boolean().exactOptional(),
};

const channelSettings = z.object(channelFields);
export type ChannelSettings = z.infer<typeof channelSettings>;
