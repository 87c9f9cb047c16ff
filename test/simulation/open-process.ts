import { pino } from "pino";
import { createAlerts } from "../../src/shared/models/alerts.ts";
import { createChannelMarks } from "../../src/shared/models/channel-marks.ts";
import { createContacts } from "../../src/shared/models/contacts.ts";
import { createConversations } from "../../src/shared/models/conversations.ts";
import { createCrmActions } from "../../src/shared/models/crm-actions.ts";
import { createDeals } from "../../src/shared/models/deals.ts";
import { createMedia } from "../../src/shared/models/media.ts";
import { createMessages } from "../../src/shared/models/messages.ts";
import { createOutgoing } from "../../src/shared/models/outgoing.ts";
import { createPipelines } from "../../src/shared/models/pipelines.ts";
import { createProcesses } from "../../src/shared/models/processes.ts";
import { createProviderRefs } from "../../src/shared/models/provider-refs.ts";
import { createTags } from "../../src/shared/models/tags.ts";
import { createWebhooks } from "../../src/shared/models/webhooks.ts";
import type { Provider } from "../../src/shared/providers/provider.ts";
import type { Wake } from "../../src/shared/queues/wake.ts";
import type { Collection } from "../../src/shared/runtime/mongo.ts";
import { bindModels } from "../../src/workers/bind-models.ts";
import type { DrainPorts } from "../../src/workers/conversation/ports.ts";
import { settleEcho } from "../../src/workers/conversation/settle-echo.ts";
import type { LaneSettings } from "../../src/workers/lanes/ports.ts";
import { receiptsFlowed } from "../../src/workers/lanes/receipts-flowed.ts";
import type { StatusPorts } from "../../src/workers/statuses/handle-statuses.ts";
import { loadBot } from "./bot.ts";
import { channel, sweepAfterMs } from "./settings.ts";
import type { Shape } from "./shape.ts";

export interface ProcessDeps {
  readonly collection: (name: string) => Collection;
  readonly now: () => number;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly wake: Wake;
  readonly provider: Provider;
  readonly bot: Shape["bot"];
  readonly laneSettings: LaneSettings;
}

export type OpenProcess = ReturnType<typeof openProcess>;

const defaultPipeline = { name: "Sales", currency: "RUB", stages: ["New", "Offer"] };
const log = pino({ level: "silent" });
const keptMs = 86_400_000;

const findChannel = () => Promise.resolve(channel);

/** Ties the real steps and queries to the simulated world, as `open-worker.ts` does to the real one. */
export function openProcess(deps: ProcessDeps) {
  const { collection, now, newId, sleep, random, wake, provider } = deps;
  const models = {
    webhooks: createWebhooks(collection("webhooks"), keptMs),
    conversations: createConversations(collection("conversations")),
    media: createMedia(collection("media")),
    messages: createMessages(collection("messages")),
    outgoing: createOutgoing(collection("outgoing")),
    providerRefs: createProviderRefs(collection("refs")),
    contacts: createContacts(collection("contacts")),
    tags: createTags(collection("tags")),
    deals: createDeals(collection("deals"), createPipelines(collection("pipelines"))),
    crmActions: createCrmActions(collection("crm"), keptMs),
    alerts: createAlerts(collection("alerts")),
    channelMarks: createChannelMarks(collection("marks")),
    processes: createProcesses(collection("processes")),
  };
  const common = { now, newId, wake, log, findChannel, findProvider: () => provider };
  const bound = bindModels(models, { now, wake, defaultPipeline });
  const lane: StatusPorts = {
    ...common,
    ...bound.lane,
    sleep,
    random,
    apiUrlOf: () => "http://localhost",
    http: { ask: unreachable, close: unreachable },
    pace: { take: () => Promise.resolve(0), block: () => Promise.resolve() },
    prepareFile: (_channel, _provider, command) => Promise.resolve({ kind: "ready", command }),
    pauseChannel: unreachable,
    tellSent: () => Promise.resolve(),
    hearState: unreachable,
    siblingsOf: () => [],
    receiptsFlowed: (of, since) =>
      receiptsFlowed({ models, queues: noQueues, now, deadAfterMs: Infinity }, of, since),
    count: () => undefined,
    settings: deps.laneSettings,
  };
  const drain: DrainPorts = {
    ...common,
    ...bound.drain,
    subscriptionsOf: () => [],
    loadFlow: () => Promise.resolve(loadBot(deps.bot)),
    settleEcho: (event, conversation) => settleEcho(lane, event, conversation),
    settings: {
      budgetMs: 5000,
      budgetTurns: 50,
      leastHoldMs: 0,
      handbackAfterMs: 3_600_000,
      handbackKeywords: [],
      sweepAfterMs,
      showContent: false,
    },
  };
  return { models, lane, drain };
}

const unreachable = (): Promise<never> =>
  Promise.reject(new Error("the simulated world never comes here"));

/** In the form `journal` nothing waits in the queue `webhooks`. */
const noQueues = Object.create({ webhooks: { getJobCounts: () => Promise.resolve({}) } });
