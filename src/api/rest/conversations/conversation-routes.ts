import { z } from "zod";
import { accepted, act, actIdOf, findPlace } from "#api/rest/conversations/act.ts";
import {
  conversationSchema,
  detailSchema,
  showConversation,
  showDetail,
} from "#api/rest/conversations/show-conversation.ts";
import { entrySchema, showEntry } from "#api/rest/conversations/show-entry.ts";
import { byId, idField } from "#api/rest/fields.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { invalid, notFound } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { OperatorEvent } from "#shared/domain/own-event.ts";
import { readChat } from "#shared/models/chat.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Conversations";
const path = "/api/v1/conversations";

const filters = {
  status: z.enum(["active", "closed"]).exactOptional(),
  mode: z.enum(["bot", "operator", "waiting"]).exactOptional(),
  channel_id: idField.exactOptional(),
  assignee: idField.exactOptional().meta({ description: "A user's id, me, or none" }),
  unread: z.enum(["true", "false"]).exactOptional(),
  search: z
    .string()
    .max(100)
    .exactOptional()
    .meta({ description: "Part of a name, of a number or of the last message" }),
};

async function findConversation(
  { api, identity }: Call<unknown>,
  id: string,
): Promise<Conversation> {
  const conversation = await api.models.conversations.find(identity.tenantId, id);
  if (conversation === null) throw notFound("conversation");
  return conversation;
}

const assigneeOf = (asked: string | undefined, me: string): string | null | undefined => {
  if (asked === "none") return null;
  return asked === "me" ? me : asked;
};

/** Only whoever may answer can be given a conversation. */
async function checkAssignee({ api, identity }: Call<unknown>, id: string): Promise<void> {
  const user = await api.models.users.find(identity.tenantId, id);
  if (user !== null && user.active && ["owner", "admin", "operator"].includes(user.role)) return;
  throw invalid([{ field: "assignee_id", message: "is no user who may answer" }]);
}

type Change = Pick<OperatorEvent, "act" | "assignee">;

export const conversationRoutes = [
  defineRoute({
    id: "list_conversations",
    method: "get",
    path,
    tag,
    summary: "The tenant's conversations, the last written to first",
    access: "conversations:read",
    input: z.object({ query: z.strictObject({ ...pageFields, ...filters }) }),
    answer: pageOf(conversationSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor, status, mode, search } = input.query;
      const { channel_id: channelId, assignee, unread } = input.query;
      const query = compact({
        status,
        mode,
        search,
        channelId,
        assignee: assigneeOf(assignee, identity.id),
        unread: unread === undefined ? undefined : unread === "true",
        after: readCursor(cursor),
      });
      const { conversations } = api.models;
      const found = await conversations.list(identity.tenantId, { ...query, limit: limit + 1 });
      return toPage(found, limit, {
        cursorOf: ({ _id, lastMessageAt }) =>
          writePlace({ id: _id, at: lastMessageAt ?? new Date(0) }),
        show: showConversation,
      });
    },
  }),
  defineRoute({
    id: "show_conversation",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One conversation, with the bot's place in it",
    access: "conversations:read",
    input: z.object({ params: byId }),
    answer: detailSchema,
    run: async (call) => showDetail(await findConversation(call, call.input.params.id)),
  }),
  defineRoute({
    id: "list_messages",
    method: "get",
    path: `${path}/{id}/messages`,
    tag,
    summary: "What was written on both sides and done, the newest first",
    access: "conversations:read",
    input: z.object({ params: byId, query: z.strictObject(pageFields) }),
    answer: pageOf(entrySchema),
    run: async (call) => {
      const { params, query } = call.input;
      const { _id, tenantId } = await findConversation(call, params.id);
      const page = compact({ after: readCursor(query.cursor), limit: query.limit + 1 });
      const found = await readChat(call.api.models, tenantId, _id, page);
      return toPage(found, query.limit, {
        cursorOf: writePlace,
        show: (entry) => showEntry(entry, call.api.mediaLinks),
      });
    },
  }),
  defineRoute({
    id: "update_conversation",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Closes, opens again or assigns it; the workers do it in the conversation's order",
    access: "conversations:write",
    status: 202,
    isIdempotent: true,
    input: z.object({
      params: byId,
      body: z
        .strictObject({
          status: z.enum(["active", "closed"]).exactOptional(),
          assignee_id: idField.nullable().exactOptional(),
        })
        .refine((body) => Object.keys(body).length === 1, {
          error: "give exactly one of status and assignee_id",
        }),
    }),
    answer: accepted,
    run: async (call) => {
      const { params, body } = call.input;
      const place = await findPlace(call, params.id);
      const { status, assignee_id: assignee } = body;
      if (typeof assignee === "string") await checkAssignee(call, assignee);
      const change: Change =
        status === undefined
          ? compact({ act: "assign", assignee: assignee ?? undefined })
          : { act: status === "closed" ? "close" : "reopen" };
      return act(call, place, actIdOf(call), change);
    },
  }),
  defineRoute({
    id: "mark_conversation_read",
    method: "post",
    path: `${path}/{id}/read`,
    tag,
    summary: "A person has looked: nothing is unread",
    access: "conversations:write",
    status: 202,
    isIdempotent: true,
    input: z.object({ params: byId }),
    answer: accepted,
    run: async (call) => {
      const place = await findPlace(call, call.input.params.id);
      return act(call, place, actIdOf(call), { act: "read" });
    },
  }),
];
