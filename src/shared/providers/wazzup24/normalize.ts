import type { Event, Normalized } from "#shared/domain/event.ts";
import { findFaults } from "./find-faults.ts";
import { normalizeDocumented } from "./normalize-documented.ts";
import { normalizeMessage } from "./normalize-message.ts";
import { normalizeReceipt } from "./normalize-receipt.ts";
import { normalizeState } from "./normalize-state.ts";
import { isApiBody, readWebhook, type WireWebhook } from "./wire.ts";

/** What a body became: the API's, of which each list counts, or the documented `{event, data}`. */
export const normalize = (body: unknown): Normalized => {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return { ignored: "not a Wazzup24 webhook" };
  if (Object.keys(body).length === 0) return { ignored: "nothing in it" };
  if (isApiBody(body)) return normalizeWebhook(body);
  const errors = findFaults(body);
  if (errors !== undefined) return { invalid: { errors } };
  return normalizeDocumented(wordOf(Reflect.get(body, "event")), Reflect.get(body, "data"));
};

const wordOf = (event: unknown): string =>
  (typeof event === "string" ? event : JSON.stringify(event)).toWellFormed().slice(0, 100);

const normalizeWebhook = (body: object): Normalized => {
  const webhook = readWebhook(body);
  const events = webhook === undefined ? [] : listEvents(webhook);
  if (events.length > 0) return { events };
  if (webhook?.test === true) return { ignored: "test" };
  return { ignored: `nothing for us in ${Object.keys(body).slice(0, 5).join(", ").slice(0, 200)}` };
};

const listEvents = (webhook: WireWebhook): readonly Event[] => [
  ...webhook.messages.map(normalizeMessage),
  ...webhook.statuses.map(normalizeReceipt),
  ...webhook.channelsUpdates.map(normalizeState),
  ...[webhook.createContact, webhook.createDeal]
    .filter((request) => request !== undefined)
    .map((): Event => ({ kind: "crm_request" })),
];
