import { randomInt } from "node:crypto";
import {
  customerMessageSchema,
  defaultCustomer,
  mediaKinds,
  type CustomerMessage,
} from "#simulators/customer-message.ts";
import type { Listed } from "./inbox.ts";
import type { ChatraceParts } from "./parts.ts";

type Deps = Pick<ChatraceParts, "config" | "switches">;

/** A customer's message as the account keeps it. */
export function describeMessage({ config }: Pick<Deps, "config">, said: CustomerMessage): Listed {
  const message = customerMessageSchema.parse(said);
  const kind = mediaKinds.find((each) => message[each] !== undefined);
  const media = kind === undefined ? undefined : message[kind];
  const pressed = message.button ?? message.list;
  return {
    id: message.messageId ?? `ig-${randomInt(2 ** 47)}`,
    sender: { id: message.from ?? defaultCustomer, username: message.name ?? "test.customer" },
    // A quick reply that is pressed is the customer's own words.
    text: pressed?.title ?? media?.caption ?? message.text ?? (media === undefined ? "Hello" : ""),
    attachment_url:
      media === undefined ? "" : (media.link ?? `https://cdn.example.test/ig/${kind}.jpg`),
    attachment_type: kind === "document" || kind === "sticker" ? "file" : (kind ?? ""),
    timestamp: message.timestamp ?? Math.floor(config.now() / 1000),
  };
}

/** The External Request of the account's default reply, with the body that our own page tells to copy. */
export function describeRequest(deps: Deps, said: CustomerMessage) {
  const { config, switches } = deps;
  const { id, sender, ...message } = describeMessage(deps, said);
  const fields = {
    event: "message",
    contact_id: sender.id,
    account_id: config.accountId,
    channel: "instagram",
    // Chatrace has no variable for it.
    message_id: said.messageId === undefined ? "" : id,
    text: message.text,
    attachment_url: message.attachment_url,
    attachment_type: message.attachment_type,
    full_name: "Test Customer",
    username: sender.username,
    timestamp: String(message.timestamp),
  };
  const { postsForms } = switches.now;
  const type = postsForms ? "application/x-www-form-urlencoded" : "application/json";
  return {
    body: postsForms ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
    headers: {
      "content-type": type,
      "x-user-id": sender.id,
      ...(config.webhookSecret === "" ? {} : { "x-webhook-secret": config.webhookSecret }),
    },
  };
}
