/** A customer's text as Green API posts it. */
export const greenText = (idInstance: number, from: string, text: string, idMessage = "A1") => ({
  typeWebhook: "incomingMessageReceived",
  instanceData: { idInstance, wid: "79990000000@c.us", typeInstance: "whatsapp" },
  timestamp: 1_760_000_000,
  idMessage,
  senderData: { chatId: `${from}@c.us`, sender: `${from}@c.us`, senderName: "A customer" },
  messageData: { typeMessage: "textMessage", textMessageData: { textMessage: text } },
});

/** The body of the documents' test: no account, no message id. */
export const minimalText = {
  typeWebhook: "incomingMessageReceived",
  senderData: { sender: "1234567890@c.us" },
  messageData: { textMessageData: { textMessage: "Тестовое сообщение" } },
};

interface MetaText {
  readonly phoneNumberId: string;
  readonly from: string;
  readonly text?: string;
}

/** Customers' texts as Meta posts them: one entry with a change per number. */
export const metaTexts = (...texts: readonly MetaText[]) => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "102290129340398",
      changes: texts.map(({ phoneNumberId, from, text = "hello" }, index) => ({
        field: "messages",
        value: {
          messaging_product: "whatsapp",
          metadata: { display_phone_number: "15550783881", phone_number_id: phoneNumberId },
          contacts: [{ profile: { name: "A customer" }, wa_id: from }],
          messages: [
            {
              from,
              id: `wamid.${phoneNumberId}.${index}`,
              timestamp: "1760000000",
              type: "text",
              text: { body: text },
            },
          ],
        },
      })),
    },
  ],
});
