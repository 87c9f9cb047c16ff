import { z } from "zod";
import type { GreenApiConfig } from "./options.ts";

const yesNo = z.enum(["yes", "no"]);

/** What `setSettings` takes: https://green-api.com/en/docs/api/account/SetSettings */
export const settingsPatchSchema = z
  .object({
    webhookUrl: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]),
    webhookUrlToken: z.string(),
    delaySendMessagesMilliseconds: z.int().min(500).max(600_000),
    markIncomingMessagesReaded: yesNo,
    markIncomingMessagesReadedOnReply: yesNo,
    outgoingWebhook: yesNo,
    outgoingMessageWebhook: yesNo,
    outgoingAPIMessageWebhook: yesNo,
    stateWebhook: yesNo,
    incomingWebhook: yesNo,
    keepOnlineStatus: yesNo,
    pollMessageWebhook: yesNo,
    incomingCallWebhook: yesNo,
    editedMessageWebhook: yesNo,
    deletedMessageWebhook: yesNo,
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "at least one setting is required");

export type InstanceSettings = ReturnType<typeof createInstanceSettings>;

/** The instance's settings; everything that the double can report is on, other than the echo. */
export function createInstanceSettings(config: GreenApiConfig) {
  return {
    wid: config.wid,
    webhookUrl: config.webhookUrl,
    webhookUrlToken: config.webhookToken,
    delaySendMessagesMilliseconds: config.delaySendMessagesMilliseconds,
    markIncomingMessagesReaded: "no",
    markIncomingMessagesReadedOnReply: "no",
    outgoingWebhook: "yes",
    outgoingMessageWebhook: "yes",
    outgoingAPIMessageWebhook: config.echo ? "yes" : "no",
    stateWebhook: "yes",
    incomingWebhook: "yes",
    keepOnlineStatus: "no",
    pollMessageWebhook: "no",
    incomingCallWebhook: "no",
    editedMessageWebhook: "yes",
    deletedMessageWebhook: "yes",
  };
}
