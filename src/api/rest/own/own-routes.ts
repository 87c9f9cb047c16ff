import { z } from "zod";
import { showEntry } from "#api/rest/conversations/show-entry.ts";
import { byId, dateField } from "#api/rest/fields.ts";
import { findOwn, type Own } from "#api/rest/own/find-own.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { notFound } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { Deal } from "#shared/domain/deal.ts";
import type { MediaLinks } from "#shared/media/media-links.ts";
import { readChat, type ChatEntry } from "#shared/models/chat.ts";
import { conversationIdOfContact } from "#shared/models/conversations.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Own data";

const ownConversation = z
  .object({
    id: z.string(),
    status: z.enum(["active", "closed"]),
    last_message_at: dateField.nullable(),
  })
  .meta({ id: "OwnConversation" });

const ownMessage = z
  .object({
    id: z.string(),
    at: dateField,
    direction: z.enum(["in", "out"]),
    message_type: z.string(),
    content: z.string().nullable(),
    status: z.string().nullable(),
  })
  .meta({ id: "OwnMessage" });

const ownDeal = z
  .object({
    id: z.string(),
    title: z.string(),
    status: z.enum(["open", "won", "lost"]),
    amount: z.number().nullable(),
    currency: z.string(),
    created_at: dateField,
  })
  .meta({ id: "OwnDeal" });

const showConversation = ({ _id, status, lastMessageAt }: Conversation) => ({
  id: _id,
  status,
  last_message_at: lastMessageAt?.toISOString() ?? null,
});

/** What the customer wrote and got; who wrote it here, and what was done about it, stays here. */
function showMessage(entry: ChatEntry, links: MediaLinks): z.input<typeof ownMessage>[] {
  const { id, at, direction, message_type, content, status } = showEntry(entry, links);
  return direction === null ? [] : [{ id, at, direction, message_type, content, status }];
}

const showDeal = (deal: Deal): z.input<typeof ownDeal> => ({
  id: deal._id,
  title: deal.title,
  status: deal.status,
  amount: deal.amount ?? null,
  currency: deal.currency,
  created_at: deal.createdAt.toISOString(),
});

const conversationIdsOf = ({ contactIds }: Own): readonly string[] =>
  contactIds.map(conversationIdOfContact);

/** For every person with a phone number: what the house has of the customer who has that number. */
export const ownRoutes = [
  defineRoute({
    id: "list_own_conversations",
    method: "get",
    path: "/api/v1/own/conversations",
    tag,
    summary: "The conversations of whoever is signed in, found by their phone number",
    access: "signed-in",
    input: z.object({}),
    answer: pageOf(ownConversation),
    run: async (call) => {
      const own = await findOwn(call);
      const { conversations } = call.api.models;
      const found = await conversations.findAll(own.tenantId, conversationIdsOf(own));
      return { items: found.map(showConversation), next_cursor: null };
    },
  }),
  defineRoute({
    id: "list_own_messages",
    method: "get",
    path: "/api/v1/own/conversations/{id}/messages",
    tag,
    summary: "What was written on both sides, the newest first",
    access: "signed-in",
    input: z.object({ params: byId, query: z.strictObject(pageFields) }),
    answer: pageOf(ownMessage),
    run: async (call) => {
      const { params, query } = call.input;
      const own = await findOwn(call);
      if (!conversationIdsOf(own).includes(params.id)) throw notFound("conversation");
      const page = compact({ after: readCursor(query.cursor), limit: query.limit + 1 });
      const found = await readChat(call.api.models, own.tenantId, params.id, page);
      const { items, next_cursor } = toPage(found, query.limit, {
        cursorOf: writePlace,
        show: (entry) => showMessage(entry, call.api.mediaLinks),
      });
      return { items: items.flat(), next_cursor };
    },
  }),
  defineRoute({
    id: "list_own_deals",
    method: "get",
    path: "/api/v1/own/deals",
    tag,
    summary: "The deals of whoever is signed in, the last changed first",
    access: "signed-in",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(ownDeal),
    run: async (call) => {
      const { limit, cursor } = call.input.query;
      const { tenantId, contactIds } = await findOwn(call);
      const query = compact({ contactIds, after: readCursor(cursor), limit: limit + 1 });
      const found = await call.api.models.deals.list(tenantId, query);
      return toPage(found, limit, {
        cursorOf: ({ _id, updatedAt }) => writePlace({ id: _id, at: updatedAt }),
        show: showDeal,
      });
    },
  }),
];
