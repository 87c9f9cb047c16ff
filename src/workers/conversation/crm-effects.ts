import { clip } from "#shared/bot/clip.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import type { Conversation, Effect, KnownContact, Mode } from "#shared/domain/conversation.ts";
import type { CrmEventType } from "#shared/domain/crm.ts";
import type { OwnEvent, TurnEvent } from "#shared/domain/own-event.ts";
import { crmPlace } from "#shared/models/crm-actions.ts";
import { compact } from "#shared/providers/compact.ts";
import { textOfEvent } from "#shared/domain/text-of-event.ts";
import { textOfCommand } from "#shared/domain/text-of-command.ts";
import type { TurnInput } from "#workers/conversation/take-turn.ts";

/** What a turn came to. */
export interface Outcome {
  readonly mode: Mode;
  readonly contact: KnownContact;
  readonly effects: readonly Effect[];
}

interface Told {
  readonly type: CrmEventType;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a turn tells outside systems, for each that wants it, in the order in which it happened. */
export function crmEffects(input: TurnInput, outcome: Outcome): readonly Effect[] {
  const { conversation, subscriptions = [], now } = input;
  if (subscriptions.length === 0) return [];
  const { _id, channelId, version } = conversation;
  const { id, name, phone } = outcome.contact;
  const contact = compact({ id, name, phone });
  const common = { conversation_id: _id, channel_id: channelId, contact };
  const timestamp = new Date(now).toISOString();
  return toldBy(input, outcome).flatMap(({ type, data }, index) =>
    subscriptions
      .filter(({ events }) => events.includes(type))
      .map(({ connectionId }): Effect => {
        const event = { type, timestamp, data: { ...common, ...data } };
        const place = crmPlace(version + 1, index);
        return { kind: "crm", place, work: { kind: "event", connectionId, event } };
      }),
  );
}

const toldBy = (input: TurnInput, { mode, effects }: Outcome): readonly Told[] => [
  ...toldByEvent(input.candidate.event, input),
  ...effects.flatMap(toldByEffect),
  ...toldByMode(input.conversation, mode),
];

function toldByEvent(event: TurnEvent, { candidate }: TurnInput): readonly Told[] {
  if (event.kind === "sent") return [{ type: "message.sent", data: { message: sentOf(event) } }];
  if (event.kind !== "message" || event.direction !== "in" || event.isOnlyKept === true) return [];
  const { type, payload, media, location, contacts, messageId } = event;
  const text = textOfEvent(event);
  const message = compact({
    id: candidate.id,
    provider_message_id: messageId,
    type,
    text: text === undefined ? undefined : clip(text, maxTextLength),
    payload,
    media,
    location,
    contacts,
    sent_at: new Date(candidate.sentAt).toISOString(),
  });
  return [{ type: "message.received", data: { message } }];
}

const sentOf = ({ outgoingId, command, origin, by, at }: Extract<OwnEvent, { kind: "sent" }>) =>
  compact({
    id: outgoingId,
    type: command.type,
    text: textOfCommand(command),
    origin,
    by,
    sent_at: at,
  });

function toldByEffect(effect: Effect): readonly Told[] {
  if (effect.kind === "deal") {
    const { dealId: id, deal } = effect;
    return [{ type: "deal.created", data: { deal: { id, ...deal } } }];
  }
  if (effect.kind !== "contact") return [];
  const { set, fields, tags } = effect;
  const hasChanged = Object.keys(set).length + Object.keys(fields).length > 0;
  return [
    ...(hasChanged
      ? [{ type: "contact.changed", data: { changed: { ...set, metadata: fields } } } as const]
      : []),
    ...(tags === undefined
      ? []
      : [{ type: "contact.tagged", data: { added: tags.add, removed: tags.remove } } as const]),
  ];
}

function toldByMode({ mode: before }: Conversation, mode: Mode): readonly Told[] {
  if (before !== "operator" && mode === "operator")
    return [{ type: "conversation.takeover", data: {} }];
  if (before === "operator" && mode !== "operator")
    return [{ type: "conversation.handback", data: {} }];
  return [];
}
