import type { SharedContact, SharedLocation } from "#shared/domain/event.ts";
import { readLocation } from "#shared/providers/read-location.ts";
import { latitude, longitude } from "#shared/providers/wire-fields.ts";
import { readVcard } from "#shared/providers/read-vcard.ts";

// Where a place and a card stand is in none of Wazzup's pages (https://wazzup24.com/help/webhooks/):
// they are looked for in the text, which is kept as it is.

const coordinates = /(-?\d{1,2}\.\d{1,20}),\s?(-?\d{1,3}\.\d{1,20})/;

/** The place that a text or a link to a map names. */
export const findLocation = (text = ""): SharedLocation | undefined => {
  const [, north, east] = coordinates.exec(decodeCommas(text)) ?? [];
  return readLocation({ latitude: latitude.parse(north), longitude: longitude.parse(east) });
};

const decodeCommas = (text: string): string => text.replaceAll(/%2c/gi, ",");

const phone = /\+\d{7,15}/g;

/** The card in a text: a vCard, or a name with numbers. */
export const findContacts = (text = ""): readonly SharedContact[] | undefined => {
  if (/^BEGIN:VCARD/im.test(text)) return [readVcard(text)];
  const phones = text.match(phone) ?? [];
  const name = text.replaceAll(phone, "").trim();
  if (phones.length === 0) return undefined;
  return [{ ...(name !== "" && { name }), phones: [...phones] }];
};
