import { detailOf } from "#api/http/errors.ts";
import type { AcceptDeps } from "#api/webhooks/accept.ts";
import { isFromAllowed } from "#api/webhooks/admit.ts";
import type { Answer } from "#api/webhooks/answer.ts";
import { buildEntry } from "#shared/accept/build-entry.ts";
import type { Delivery } from "#api/webhooks/delivery.ts";
import { readManualRequest, type ManualRequest } from "#api/webhooks/manual-request.ts";
import { within } from "#api/within.ts";
import { writeManualEntry } from "#shared/models/manual-entry.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";

/**
 * A message that somebody typed in for a customer. It goes the way of a webhook to the default
 * channel and under its rule, for it makes the bot write to that phone.
 */
export async function processConversation(
  deps: AcceptDeps,
  provider: Provider,
  delivery: Delivery,
): Promise<Answer> {
  const channel = await within("the channels' lookup", deps.lookUpMs, () =>
    deps.directory.defaultOf(provider.name),
  );
  if (channel === undefined) return nowhere(provider);
  const channelIds = [channel._id];
  const refused = refusal(deps, provider, delivery, channel);
  if (refused !== undefined)
    return { outcome: "refused", channelIds, status: refused, body: detailOf(refused) };
  const asked = readManualRequest(delivery.raw);
  if (!("phone" in asked))
    return { outcome: "invalid", channelIds, status: 422, body: { detail: asked } };
  const entry = buildManual(deps, delivery, channel, asked);
  const way = await deps.store(entry);
  if (way === "journal") deps.wakeUp(entry, channel, provider);
  const outcome = way === "journal" ? "stored" : "queued";
  return { outcome, channelIds, status: 200, body: { status: "ok", id: entry._id } };
}

const nowhere = ({ name }: Provider): Answer => ({
  outcome: "nowhere",
  channelIds: [],
  status: 404,
  body: { detail: `No channel is the default of ${name}: set one with "channel set"` },
});

function refusal(
  { verify }: AcceptDeps,
  provider: Provider,
  delivery: Delivery,
  channel: OpenChannel,
): 401 | 403 | undefined {
  if (!isFromAllowed(delivery, channel)) return 403;
  return verify.admits(provider, delivery, channel) !== undefined ? undefined : 401;
}

function buildManual(
  { times }: AcceptDeps,
  delivery: Delivery,
  channel: OpenChannel,
  { phone, text }: ManualRequest,
): Webhook {
  const chatId = `${phone}@c.us`;
  const target = { channel, peers: [chatId], receipts: false };
  return {
    ...buildEntry(delivery, target, times, 0),
    source: "manual",
    raw: writeManualEntry({ id: delivery.id, chatId, phone, text }),
  };
}
