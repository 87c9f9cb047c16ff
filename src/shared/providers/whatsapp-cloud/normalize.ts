import type { Event, Normalized } from "#shared/domain/event.ts";
import { buildDirectory } from "./directory.ts";
import { normalizeAccountChange } from "./normalize-account.ts";
import { normalizeCall, normalizeError, normalizeStatus } from "./normalize-receipt.ts";
import { normalizeEcho, normalizeMessage, normalizePast } from "./normalize-message.ts";
import { readChanges, type Change, type WirePast } from "./wire.ts";

/** What a body of WhatsApp's became: every entry, change and item counts, each on its own. */
export const normalize = (body: unknown): Normalized => {
  const changes = readChanges(body);
  if (changes === undefined) return { ignored: "not a WhatsApp Business webhook" };
  if (changes.length === 0) return { ignored: "no changes in it" };
  const events = changes.flatMap(normalizeChange);
  if (events.length > 0) return { events };
  const fields = [...new Set(changes.map(({ field }) => field))].join(", ");
  return { ignored: `nothing for us in the fields: ${fields}` };
};

const normalizeChange = (change: Change): readonly Event[] => {
  const { value } = change;
  const findContact = buildDirectory(value);
  return [
    ...value.messages.map((message) => normalizeMessage(message, change, findContact)),
    ...value.message_echoes.map((echo) => normalizeEcho(echo, change)),
    ...value.calls.map((call) => normalizeCall(call, change)),
    ...value.statuses.map((status) => normalizeStatus(status, change)),
    ...value.errors.map((error) => normalizeError(error, change)),
    ...value.history.flatMap((past) => normalizeHistory(past, change)),
    ...normalizeAccountChange(change),
  ];
};

/** A placeholder says nothing; the file itself comes in a webhook of its own, if at all. */
const placeholder = "media_placeholder";

const normalizeHistory = (past: WirePast | null, change: Change): readonly Event[] => [
  ...(past?.threads ?? []).flatMap((thread) =>
    (thread?.messages ?? [])
      .filter((message) => message?.type !== placeholder)
      .map((message) => normalizePast(message, thread?.id, change)),
  ),
  ...(past?.errors ?? []).map((error) => normalizeError(error, change)),
];
