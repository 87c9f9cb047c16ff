import type { CustomerSays } from "#simulators/customer-message.ts";
import { keepFiles } from "#simulators/keep-files.ts";
import type { GreenApiParts } from "./parts.ts";
import { describeIncoming, describeRecorded, makeMessageId } from "./webhook-body.ts";

/** Queues a customer's message as a notification; it is in the journals, too. */
export function createCustomerSays(parts: GreenApiParts): CustomerSays {
  const { config, switches, instance, journal, notifications } = parts;
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
      ...describeRecorded(messageData),
    });
    const reported = instance.incomingWebhook === "yes" && !switches.now.loseWebhooks;
    return { status: reported ? await notifications.push(body) : 0, messageId: idMessage };
  };
}
