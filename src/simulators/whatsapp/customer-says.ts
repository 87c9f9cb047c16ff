import {
  mediaKinds,
  type CustomerMessage,
  type CustomerSays,
} from "#simulators/customer-message.ts";
import type { MediaStore } from "#simulators/media-store.ts";
import { bytesOf, typeOf } from "#simulators/sample-files.ts";
import type { WhatsappParts } from "./parts.ts";
import { defaultMediaId, describeCustomerMessage } from "./webhook-body.ts";

/** Posts a customer's message as Meta would; the 24-hour window opens with it. */
export function createCustomerSays(parts: WhatsappParts): CustomerSays {
  return async (said) => {
    const number = parts.findNumber(said.phoneNumberId);
    const now = parts.settings.now();
    const { id, from, atMs, message, contact } = describeCustomerMessage(said, number, now);
    parts.windows.noteInbound(number.id, from, atMs);
    noteMedia(parts.media, said);
    const change = { number, contacts: [contact], messages: [message] };
    return { status: await parts.webhooks.postChanges([change]), messageId: id };
  };
}

function noteMedia(store: MediaStore, said: CustomerMessage): void {
  for (const kind of mediaKinds) {
    const media = said[kind];
    if (media === undefined) continue;
    store.put(media.id ?? defaultMediaId, bytesOf(kind, media), typeOf(kind, media));
  }
}
