import {
  mediaKinds,
  type CustomerMessage,
  type CustomerSays,
} from "#simulators/customer-message.ts";
import { bytesOf, typeOf } from "#simulators/sample-files.ts";
import type { GreenApiParts } from "./parts.ts";
import { describeIncoming, makeMessageId } from "./webhook-body.ts";

/** Queues a customer's message as a notification; it is in the journals, too. */
export function createCustomerSays(parts: GreenApiParts): CustomerSays {
  const { config, instance, journal, notifications } = parts;
  return async (given) => {
    const said = keepFiles(parts, { ...given, messageId: given.messageId ?? makeMessageId() });
    const body = describeIncoming(said, config, config.now());
    const { idMessage, timestamp, senderData, messageData } = body;
    const { chatId, sender, senderName } = senderData;
    journal.write({
      type: "incoming",
      idMessage,
      timestamp,
      typeMessage: messageData.typeMessage,
      chatId,
      senderId: sender,
      senderName,
      textMessage: said.text ?? "",
    });
    const reported = instance.incomingWebhook === "yes";
    return { status: reported ? await notifications.push(body) : 0, messageId: idMessage };
  };
}

/** A file without a link of the test's own gets one that leads here. */
function keepFiles({ media, place }: GreenApiParts, said: CustomerMessage): CustomerMessage {
  const kind = mediaKinds.find((each) => said[each] !== undefined);
  const file = kind && said[kind];
  if (kind === undefined || file === undefined || file.link !== undefined) return said;
  const { messageId = "" } = said;
  media.put(messageId, bytesOf(kind, file), typeOf(kind, file));
  const link = `${place.url}/files/${encodeURIComponent(messageId)}`;
  return { ...said, [kind]: { ...file, mimeType: typeOf(kind, file), link } };
}
