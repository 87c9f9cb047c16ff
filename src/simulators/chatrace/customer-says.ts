import { randomUUID } from "node:crypto";
import type { CustomerMessage, CustomerSays } from "#simulators/customer-message.ts";
import { keepFiles } from "#simulators/keep-files.ts";
import { describeMessage, describeRequest } from "./external-request.ts";
import type { ChatraceParts } from "./parts.ts";

/** Puts a customer's message into the list and, where a flow has an External Request, posts it once. */
export function createCustomerSays(parts: ChatraceParts): CustomerSays {
  const { contacts, inbox, webhook, post, switches } = parts;
  return async (given) => {
    const said = { ...given, ...fileOf(parts, given) };
    const message = describeMessage(parts, said);
    contacts.note({ id: message.sender.id, name: said.name ?? "Test Customer" });
    inbox.add(message);
    const { url } = webhook;
    if (url === "") return { status: 0, messageId: message.id };
    const request = { url, ...describeRequest(parts, said) };
    const copies = Array.from({ length: switches.now.duplicateWebhooks }, () => post(request));
    const [status = 0] = await Promise.all(copies);
    return { status, messageId: message.id };
  };
}

/** Its messages have no ids of their own by which a file could lie here. */
function fileOf(parts: ChatraceParts, said: CustomerMessage): CustomerMessage {
  const { messageId: _, ...kept } = keepFiles(parts, { ...said, messageId: randomUUID() });
  return kept;
}
