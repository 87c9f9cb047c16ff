import { pino } from "pino";
import { onTestFinished } from "vitest";
import { parseEnv } from "../../src/shared/config/env.ts";
import type { Media } from "../../src/shared/domain/event.ts";
import type { OpenChannel } from "../../src/shared/models/channel-directory.ts";
import { mediaIdOf, type MediaFile } from "../../src/shared/models/media.ts";
import { findProvider } from "../../src/shared/providers/find-provider.ts";
import { createHttp } from "../../src/shared/providers/http.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { openMedia } from "../../src/workers/open-media.ts";
import { encryptionKey } from "./channels.ts";
import { startTestDatabase } from "./database.ts";

type Settings = Readonly<Record<string, string>>;

export const mostBytes = 1_000_000;

/** What a worker has for files, in the test's own process, with both simulators on the far side. */
export async function openTestMedia(settings: Settings = {}) {
  const database = await startTestDatabase();
  const whatsapp = await createWhatsappSimulator();
  const greenApi = await createGreenApiSimulator();
  const config = parseEnv({
    REDIS_URL: "redis://127.0.0.1:1",
    MONGODB_URI: "mongodb://127.0.0.1:1",
    ENCRYPTION_KEY: encryptionKey,
    WHATSAPP_API_URL: `${whatsapp.url}/v24.0`,
    GREEN_API_URL: greenApi.url,
    MEDIA_MAX_BYTES: String(mostBytes),
    MEDIA_TIMEOUT_MS: "20000",
    MEDIA_RETRY_S: "0,0",
    ...settings,
  });
  const asks = createHttp({ timeoutMs: 10_000 });
  const woken: string[] = [];
  const { media, mediaBytes, alerts } = database.models;
  const { ports, close } = openMedia({
    config,
    models: { media, mediaBytes },
    now: Date.now,
    asks,
    apiUrlOf: (provider) =>
      provider === "green-api" ? config.GREEN_API_URL : config.WHATSAPP_API_URL,
    findChannel: (id) => Promise.resolve(channels.get(id)),
    findProvider,
    raiseAlert: (alert) => alerts.raise(alert, new Date()),
    tell: () => undefined,
    wake: (_queue, id) => Promise.resolve(woken.push(id) > 0),
    removeGhost: () => Promise.resolve(false),
    log: pino({ level: "silent" }),
  });
  return {
    database,
    whatsapp,
    greenApi,
    config,
    ports,
    woken,
    /** The file of a message that was handled, waiting to be fetched. */
    expectFile: async (channelId: string, messageId: string, of: Media): Promise<string> => {
      const file = buildFile(channelId, messageId, of);
      await media.insert(file);
      return file._id;
    },
    alertOf: (subject: string) => database.collection("alerts").findOne({ subject }),
    /** GridFS's names of all bytes that are kept. */
    keptBytes: async () =>
      (await database.collection("media.chunks").distinct("files_id")).map(String),
    stop: async () => {
      await Promise.all([close(), asks.close(), whatsapp.close(), greenApi.close()]);
      await database.stop();
    },
  };
}

/** The switch strikes this test alone. */
export function strikeMedia(
  simulator: { readonly switches: { set(patch: object): void; reset(): void } },
  mediaFault: object,
): void {
  simulator.switches.set({ mediaFault });
  onTestFinished(() => simulator.switches.reset());
}

const buildFile = (channelId: string, messageId: string, media: Media): MediaFile => ({
  _id: mediaIdOf(messageId),
  schemaVersion: 1,
  tenantId: "tenant",
  state: "waiting",
  from: {
    channelId,
    conversationId: "conversation",
    messageId,
    providerMessageId: messageId,
    chatId: "447700900123@c.us",
    media,
  },
  attempt: 0,
  createdAt: new Date(),
  sweepAt: new Date(),
});

const common = {
  schemaVersion: 1,
  tenantId: "tenant",
  name: "a channel",
  active: true,
  allowFrom: [],
  unknownPolicy: "evidence",
  resendFailed: true,
  answerGroups: false,
  secrets: [],
  updatedAt: new Date(),
} as const;

const channels: ReadonlyMap<string, OpenChannel> = new Map([
  [
    "whatsapp",
    {
      ...common,
      _id: "whatsapp",
      key: "whatsapp",
      provider: "whatsapp-cloud",
      externalId: "100000000000001",
      token: "demo-whatsapp-token",
    },
  ],
  [
    "green",
    {
      ...common,
      _id: "green",
      key: "green",
      provider: "green-api",
      externalId: "1101999001",
      token: "demo-green-token",
    },
  ],
]);
