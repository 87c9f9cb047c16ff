import type { LedgerButton } from "#simulators/ledger.ts";
import { classifyFile } from "./classify-file.ts";
import {
  buttonsSendSchema,
  contactSendSchema,
  fileSendSchema,
  locationSendSchema,
  pollSendSchema,
  textSendSchema,
} from "./send-schemas.ts";

/** A send as its recipient sees it, with its shapes in the journals and in the echo. */
export interface ReadSend {
  readonly chatId: string;
  readonly text: string;
  readonly buttons: readonly LedgerButton[];
  readonly typeMessage: string;
  /** Where its file is. */
  readonly link?: string;
  readonly journal: Readonly<Record<string, unknown>>;
  readonly messageData: Readonly<Record<string, unknown>>;
}

const unforwarded = { forwardingScore: 0, isForwarded: false };

/** One reader per send method; each throws a ZodError on a body that Green API would refuse. */
export const sendReaders = new Map<string, (body: unknown) => ReadSend>([
  ["sendMessage", readText],
  ["sendFileByUrl", readFile],
  ["sendInteractiveButtonsReply", readButtons],
  ["sendPoll", readPoll],
  ["sendLocation", readLocation],
  ["sendContact", readContact],
]);

function readText(body: unknown): ReadSend {
  const { chatId, message } = textSendSchema.parse(body);
  const preview = { description: "", title: "", previewType: "None", jpegThumbnail: "" };
  const extended = { text: message, ...preview, ...unforwarded };
  return {
    chatId,
    text: message,
    buttons: [],
    typeMessage: "extendedTextMessage",
    journal: { textMessage: message, extendedTextMessage: extended },
    messageData: { extendedTextMessageData: extended },
  };
}

function readFile(body: unknown): ReadSend {
  const { chatId, urlFile, fileName, caption = "" } = fileSendSchema.parse(body);
  const { typeMessage, mimeType } = classifyFile(fileName);
  const file = { downloadUrl: urlFile, caption, fileName, jpegThumbnail: "", mimeType };
  return {
    chatId,
    text: caption,
    buttons: [],
    link: urlFile,
    typeMessage,
    journal: { ...file, ...unforwarded },
    messageData: { fileMessageData: { ...file, ...unforwarded } },
  };
}

function readButtons(body: unknown): ReadSend {
  const { chatId, header = "", footer = "", ...sent } = buttonsSendSchema.parse(body);
  const interactiveButtonsReply = {
    titleText: header,
    contentText: sent.body,
    footerText: footer,
    buttons: sent.buttons.map(({ buttonId, buttonText }) => ({ buttonId, buttonText })),
  };
  return {
    chatId,
    text: sent.body,
    typeMessage: "interactiveButtonsReply",
    buttons: sent.buttons.map(({ buttonId, buttonText }) => ({ id: buttonId, title: buttonText })),
    journal: { interactiveButtonsReply },
    messageData: { interactiveButtonsReply },
  };
}

function readPoll(body: unknown): ReadSend {
  const { chatId, message, options, multipleAnswers = false } = pollSendSchema.parse(body);
  const pollMessageData = { name: message, options, multipleAnswers };
  return {
    chatId,
    text: message,
    buttons: [],
    typeMessage: "pollMessage",
    journal: { pollMessageData },
    messageData: { pollMessageData },
  };
}

function readLocation(body: unknown): ReadSend {
  const { chatId, nameLocation = "", address = "", ...at } = locationSendSchema.parse(body);
  const { latitude, longitude } = at;
  const location = { nameLocation, address, latitude, longitude, jpegThumbnail: "" };
  return {
    chatId,
    text: nameLocation,
    buttons: [],
    typeMessage: "locationMessage",
    journal: { location },
    messageData: { locationMessageData: { ...location, ...unforwarded } },
  };
}

function readContact(body: unknown): ReadSend {
  const { chatId, contact: given } = contactSendSchema.parse(body);
  const names = [given.firstName, given.middleName, given.lastName].filter(Boolean);
  const displayName = names.join(" ") || given.company || String(given.phoneContact);
  const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${displayName}\nTEL:+${given.phoneContact}\nEND:VCARD`;
  const contact = { displayName, vcard };
  return {
    chatId,
    text: displayName,
    buttons: [],
    typeMessage: "contactMessage",
    journal: { contact },
    messageData: { contactMessageData: { ...contact, ...unforwarded } },
  };
}
