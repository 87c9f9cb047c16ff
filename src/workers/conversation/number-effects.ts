import { sumTags } from "#shared/domain/contact.ts";
import type { Conversation, Effect, KnownContact } from "#shared/domain/conversation.ts";
import { crmPlace } from "#shared/models/crm-actions.ts";
import { dealIdOf } from "#shared/models/deals.ts";
import { contactEffects } from "#workers/conversation/contact-effects.ts";
import type { Facts } from "#workers/conversation/conversation-facts.ts";
import { rememberContact } from "#workers/conversation/remember-contact.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

interface Numbered extends Pick<Conversation, "effects" | "outSequence"> {
  readonly contact: KnownContact;
}

/** The turn's wishes as effects with their places in the lane: the same turn gives the same ids. */
export function numberEffects(input: TurnInput, change: Change, facts: Facts): Numbered {
  const { conversation } = input;
  const { contact } = facts;
  const { fields = {} } = change;
  const commands = splitAll(input, change);
  const tags = sumTags(change.tags ?? []);
  return {
    effects: [
      ...cancelsOf(conversation, change),
      ...sendsOf(input, commands, facts),
      ...contactEffects(conversation, contact, fields, tags),
      ...dealsOf(conversation, change, contact),
      ...requestsOf(input, change),
      ...alertsOf(change),
    ],
    outSequence: conversation.outSequence + commands.length,
    contact: rememberContact(contact, fields, tags),
  };
}

/** Several messages are several sends from here on, each with its own place, claim and evidence. */
const splitAll = ({ split }: TurnInput, { commands = [] }: Change) =>
  split === undefined
    ? commands
    : commands.flatMap((each) => split(each.command).map((command) => ({ ...each, command })));

const cancelsOf = ({ outSequence }: Conversation, { cancels }: Change): readonly Effect[] =>
  cancels === undefined ? [] : [{ kind: "cancel", lane: "replies", upTo: outSequence }];

const alertsOf = ({ alert }: Change): readonly Effect[] =>
  alert === undefined ? [] : [{ kind: "alert", alert }];

function sendsOf(
  { conversation, candidate, windowMs }: TurnInput,
  commands: NonNullable<Change["commands"]>,
  facts: Facts,
): readonly Effect[] {
  const lastInboundAt = facts.lastInboundAt ?? conversation.lastInboundAt;
  const windowUntil =
    windowMs === undefined
      ? {}
      : { windowUntil: new Date((lastInboundAt?.getTime() ?? 0) + windowMs) };
  return commands.map((each, index) => ({
    kind: "outgoing",
    lane: "replies",
    sequence: conversation.outSequence + index + 1,
    causedBy: candidate.id,
    ...windowUntil,
    ...each,
  }));
}

/** The answer ends the wait that this turn begins. */
const requestsOf = (
  { conversation, waitId, now }: TurnInput,
  { requests = [] }: Change,
): readonly Effect[] =>
  requests.map((request, index) => {
    const until = new Date(now + request.timeoutMs).toISOString();
    const place = crmPlace(conversation.version + 1, index);
    return { kind: "crm", place, work: { kind: "request", request, waitId, until } };
  });

function dealsOf(
  { _id, version }: Conversation,
  { deals = [] }: Change,
  { id: contactId }: KnownContact,
): readonly Effect[] {
  return deals.map(({ kind, ...deal }, index) => ({
    kind,
    dealId: dealIdOf(_id, version + 1, index),
    contactId,
    deal,
  }));
}
