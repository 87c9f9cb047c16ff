import type { Schema } from "mongoose";
import { setTimeout as wait } from "node:timers/promises";
import { alertSchema, createAlerts } from "#shared/models/alerts.ts";
import { createApiKeys } from "#shared/models/api-keys.ts";
import { createAudit } from "#shared/models/audit.ts";
import { createBots } from "#shared/models/bots.ts";
import { channelMarkSchema, createChannelMarks } from "#shared/models/channel-marks.ts";
import { createChannels } from "#shared/models/channels.ts";
import { connectionSchema, createConnections } from "#shared/models/connections.ts";
import { contactFieldSchema, createContactFields } from "#shared/models/contact-fields.ts";
import { contactSchema, createContacts } from "#shared/models/contacts.ts";
import { conversationSchema, createConversations } from "#shared/models/conversations.ts";
import { createCrmActions, crmActionSchema } from "#shared/models/crm-actions.ts";
import { createDeals, dealSchema } from "#shared/models/deals.ts";
import { createLoginAttempts } from "#shared/models/login-attempts.ts";
import { createMediaBytes } from "#shared/models/media-bytes.ts";
import { createMedia, mediaSchema } from "#shared/models/media.ts";
import { createMessages, messageSchema } from "#shared/models/messages.ts";
import { createNotes, noteSchema } from "#shared/models/notes.ts";
import { createOutgoing, outgoingSchema } from "#shared/models/outgoing.ts";
import { isOutage } from "#shared/models/outage.ts";
import { createPipelines, pipelineSchema } from "#shared/models/pipelines.ts";
import { createPolls, pollSchema } from "#shared/models/polls.ts";
import { createProcesses, processSchema } from "#shared/models/processes.ts";
import { createProviderRefs, providerRefSchema } from "#shared/models/provider-refs.ts";
import { createTags, tagSchema } from "#shared/models/tags.ts";
import { createSignIns } from "#shared/models/sign-ins.ts";
import { createTenants } from "#shared/models/tenants.ts";
import { createUsers } from "#shared/models/users.ts";
import { createWebhooks, webhookSchema } from "#shared/models/webhooks.ts";
import { collectionOf, type Connection } from "#shared/runtime/mongo.ts";

export type Models = ReturnType<typeof openModels>;

/** Every collection's queries on one connection. `keptMs`: how long a done webhook stays. */
export function openModels(connection: Connection, { keptMs }: { keptMs: number }) {
  const collection = (name: string, schema: Schema) => {
    const model = connection.model(name, schema);
    return collectionOf(connection, model.collection.collectionName);
  };
  const pipelines = createPipelines(collection("Pipeline", pipelineSchema));
  return {
    webhooks: createWebhooks(collection("Webhook", webhookSchema), keptMs),
    conversations: createConversations(collection("Conversation", conversationSchema)),
    messages: createMessages(collection("Message", messageSchema)),
    outgoing: createOutgoing(collection("Outgoing", outgoingSchema)),
    providerRefs: createProviderRefs(collection("ProviderRef", providerRefSchema)),
    contacts: createContacts(collection("Contact", contactSchema)),
    contactFields: createContactFields(collection("ContactField", contactFieldSchema)),
    notes: createNotes(collection("Note", noteSchema)),
    tags: createTags(collection("Tag", tagSchema)),
    pipelines,
    deals: createDeals(collection("Deal", dealSchema), pipelines),
    crmActions: createCrmActions(collection("CrmAction", crmActionSchema), keptMs),
    media: createMedia(collection("Media", mediaSchema)),
    mediaBytes: createMediaBytes(connection),
    connections: createConnections(collection("Connection", connectionSchema)),
    alerts: createAlerts(collection("Alert", alertSchema)),
    processes: createProcesses(collection("Process", processSchema)),
    channelMarks: createChannelMarks(collection("ChannelMark", channelMarkSchema)),
    polls: createPolls(collection("Poll", pollSchema)),
    channels: createChannels(connection),
    bots: createBots(connection),
    tenants: createTenants(connection),
    users: createUsers(connection),
    apiKeys: createApiKeys(connection),
    signIns: createSignIns(connection),
    loginAttempts: createLoginAttempts(connection),
    audit: createAudit(connection),
  };
}

/** Creates collections and indexes; repeatable, and safe beside other processes that do the same. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models))
    await insist(async () => {
      await model.createCollection().catch(ignoreExisting);
      await model.createIndexes();
    });
}

const mostTries = 20;
const longestPauseMs = 500;

/** FerretDB finds a deadlock, answered as an outage, when processes make the same index at once. */
async function insist(run: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await run();
      return;
    } catch (error) {
      if (!isOutage(error) || tries >= mostTries) throw error;
    }
    await wait(Math.random() * longestPauseMs);
  }
}

const namespaceExists = 48;

function ignoreExisting(error: unknown): void {
  if (error instanceof Error && "code" in error && error.code === namespaceExists) return;
  throw error;
}
