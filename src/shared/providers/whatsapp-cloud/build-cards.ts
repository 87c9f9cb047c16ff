import type {
  ContactCard,
  ContactsCommand,
  LocationCommand,
  ReactionCommand,
} from "#shared/domain/command.ts";
import { compact } from "#shared/providers/compact.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import type { Built, Json } from "./build-text.ts";

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages */
export const buildLocation = ({ latitude, longitude, name, address }: LocationCommand): Built => ({
  json: { type: "location", location: compact({ latitude, longitude, name, address }) },
});

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages */
export const buildContacts = ({ contacts }: ContactsCommand): Built => {
  if (contacts.length === 0) {
    return { refused: refuseCommand("there is no contact", "Give it at least one.") };
  }
  return { json: { type: "contacts", contacts: contacts.map(toCard) } };
};

/** Meta wants one more part of the name besides the whole of it. */
const toCard = ({ name, phones, company, email }: ContactCard): Json => ({
  name: { formatted_name: name, first_name: name },
  phones: phones.map((phone) => ({ phone, type: "CELL", wa_id: phone.replaceAll(/\D/g, "") })),
  ...(company !== undefined && { org: { company } }),
  ...(email !== undefined && { emails: [{ email, type: "WORK" }] }),
});

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages */
export const buildReaction = ({ messageId, emoji }: ReactionCommand): Built => ({
  json: { type: "reaction", reaction: { message_id: messageId, emoji } },
});
