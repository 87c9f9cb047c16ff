import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import {
  mediaSchema,
  showFile,
  showGone,
  showLink,
  type ShownMedia,
} from "#api/rest/media/show-file.ts";
import type { Command } from "#shared/domain/command.ts";
import type { MessageRecord } from "#shared/domain/conversation.ts";
import type { SharedContact, SharedLocation } from "#shared/domain/event.ts";
import { rankNumber } from "#shared/domain/outcome.ts";
import { textOfCommand } from "#shared/domain/text-of-command.ts";
import type { MediaLinks } from "#shared/media/media-links.ts";
import type { ChatEntry } from "#shared/models/chat.ts";
import { mediaIdOf, type MediaFile } from "#shared/models/media.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";

export const entrySchema = z
  .object({
    id: z.string(),
    at: dateField,
    direction: z.enum(["in", "out"]).nullable().meta({ description: "null: an operator's act" }),
    message_type: z.string(),
    content: z.string().nullable(),
    act: z.string().nullable(),
    by: z.string().nullable().meta({ description: "bot, or the id of who wrote or acted" }),
    media: mediaSchema.nullable(),
    location: z
      .object({
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().nullable(),
        address: z.string().nullable(),
      })
      .nullable(),
    contacts: z
      .array(
        z.object({
          name: z.string().nullable(),
          phones: z.array(z.string()),
          company: z.string().nullable(),
          email: z.string().nullable(),
        }),
      )
      .meta({ description: "Cards of an address book" }),
    buttons: z.array(z.object({ id: z.string(), title: z.string() })),
    payload: z.string().nullable(),
    provider_message_id: z
      .string()
      .nullable()
      .meta({ description: "What a reaction, a read mark and typing name" }),
    status: z.string().nullable().meta({
      description:
        "Of what we send: queued, sending, unknown, sent, delivered, read, failed, held, parked, canceled",
    }),
    reason: z.string().nullable(),
    advice: z.string().nullable(),
    is_late: z.boolean(),
    is_backfilled: z
      .boolean()
      .meta({ description: "It never came: it was found in the provider's own record" }),
  })
  .meta({ id: "Message" });

type Entry = z.input<typeof entrySchema>;

export const showEntry = (entry: ChatEntry, links: MediaLinks): Entry =>
  "send" in entry
    ? showSend(entry.send, entry.file, links)
    : showMessage(entry.message, entry.file, links);

const showMessage = (
  message: MessageRecord,
  file: MediaFile | undefined,
  links: MediaLinks,
): Entry => ({
  id: message._id,
  at: message.sentAt.toISOString(),
  direction: message.direction ?? null,
  message_type: message.type ?? message.kind,
  content: message.text ?? null,
  act: message.act ?? null,
  by: message.by ?? null,
  media: message.media === undefined ? null : showOr(file, mediaIdOf(message._id), links),
  location: showLocation(message.location),
  contacts: showContacts(message.contacts),
  buttons: [],
  payload: message.payload ?? null,
  provider_message_id: message.providerMessageId ?? null,
  status: message.state === "dead" ? "failed" : null,
  reason: message.reason ?? null,
  advice: null,
  is_late: message.late === true,
  is_backfilled: message.backfilled === true,
});

const showSend = (send: Outgoing, file: MediaFile | undefined, links: MediaLinks): Entry => {
  const { command } = send;
  return {
    id: send._id,
    at: send.createdAt.toISOString(),
    direction: "out",
    message_type: command.type,
    content: textOfCommand(command) ?? null,
    act: null,
    by: send.origin === "bot" ? "bot" : (send.by ?? "operator"),
    media: showSentMedia(command, file, links),
    location: showLocation(command.type === "location" ? command : undefined),
    contacts: showContacts(command.type === "contacts" ? command.contacts : undefined),
    buttons: command.type === "buttons" ? [...command.buttons] : [],
    payload: null,
    provider_message_id: send.providerMessageId ?? null,
    status: statusOf(send),
    reason: send.reason ?? null,
    advice: send.advice ?? null,
    is_late: false,
    is_backfilled: false,
  };
};

const showLocation = (location: SharedLocation | undefined): Entry["location"] => {
  if (location === undefined) return null;
  const { latitude, longitude, name, address } = location;
  return { latitude, longitude, name: name ?? null, address: address ?? null };
};

const showContacts = (contacts: readonly SharedContact[] = []): Entry["contacts"] =>
  contacts.map(({ name, phones, company, email }) => ({
    name: name ?? null,
    phones: [...phones],
    company: company ?? null,
    email: email ?? null,
  }));

const showOr = (file: MediaFile | undefined, id: string, links: MediaLinks): ShownMedia =>
  file === undefined ? showGone(id) : showFile(file, links);

function showSentMedia(
  command: Command,
  file: MediaFile | undefined,
  links: MediaLinks,
): ShownMedia | null {
  if ("link" in command && command.link !== undefined)
    return showLink(command.link, command.fileName);
  return "mediaId" in command && command.mediaId !== undefined
    ? showOr(file, command.mediaId, links)
    : null;
}

const delivered = new Map(Object.entries(rankNumber).map(([word, rank]) => [rank, word]));

/** A receipt says more than that the provider took it. */
const statusOf = ({ state, rank = 0 }: Outgoing): string =>
  state === "sent" && rank > rankNumber.sent ? (delivered.get(rank) ?? state) : state;
