import { Redis } from "ioredis";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import { mediaIdOf } from "../../src/shared/models/media.ts";
import { eventually } from "../support/eventually.ts";
import { largePicture, sha256 } from "../support/files.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const system = await startSystem({
  settings: {
    MEDIA_TIMEOUT_MS: "1500",
    MEDIA_RETRY_S: "0,0",
    MEDIA_LINK_MS: "2000",
  },
});
afterAll(system.stop);
const { whatsapp, greenApi } = system;

const picture = largePicture(300_000);
const image = (id: string) => ({ id, base64: picture.toString("base64"), mimeType: "image/png" });

/** The file of a message, once it is here. */
const fileOf = (channelId: string, messageId: string) =>
  eventually(async () => {
    const id = mediaIdOf(`${channelId}|message|${messageId}`);
    const file = await system.models.media.read(id);
    expect(file).toMatchObject({ state: "stored" });
    return file;
  }, 15_000);

test("a customer's picture through WhatsApp is fetched, checked and served by a link that ends", async () => {
  const { get } = await signIn(system);
  const { messageId } = await whatsapp.customerSays({
    from,
    image: { ...image("41"), caption: "A" },
  });
  const file = await fileOf("whatsapp", messageId);
  const { body } = await get(
    `/api/v1/conversations/${String(file?.from?.conversationId)}/messages?limit=10`,
  );
  const [shown] = JSON.parse(JSON.stringify(body["items"])).filter(
    ({ direction }: { direction: string }) => direction === "in",
  );

  expect(file).toMatchObject({
    sha256: sha256(picture),
    size: picture.length,
    mimeType: "image/png",
  });
  expect(shown).toMatchObject({
    content: "A",
    media: { id: file?._id, state: "stored", mime_type: "image/png" },
  });
  const served = await fetch(system.api.url + shown.media.url);
  expect(sha256(Buffer.from(await served.arrayBuffer()))).toBe(sha256(picture));
  await eventually(async () => {
    expect((await fetch(system.api.url + shown.media.url)).status).toBe(404);
  });
});

test("a customer's picture through Green API is fetched, by a fresh link where the first is gone", async () => {
  greenApi.switches.set({ mediaFault: { next: 1, kind: "expired" } });

  const { messageId } = await greenApi.customerSays({ from, image: image("x") });

  const file = await fileOf("green", messageId);
  expect(file).toMatchObject({ sha256: sha256(picture), attempt: 1 });
});

test("a text leaves no file behind, nor a word of one", async () => {
  const { messageId } = await whatsapp.customerSays({ from: "447700900199", text: "Hello" });
  await whatsapp.ledger.waitFor((entry) => entry.to === "447700900199", 15_000);

  const id = mediaIdOf(`whatsapp|message|${messageId}`);
  expect(await system.models.media.read(id)).toBeUndefined();
});

test("Redis's data wiped while a file is on its way: it comes all the same", async () => {
  const redis = new Redis(inject("redisUrl"));
  onTestFinished(() => redis.disconnect());
  whatsapp.switches.set({ mediaFault: { next: 1, kind: "slow" } });
  const { messageId } = await whatsapp.customerSays({ from, image: image("70") });
  await eventually(async () => {
    const file = await system.models.media.read(mediaIdOf(`whatsapp|message|${messageId}`));
    expect(file?.attempt).toBe(1);
  }, 15_000);

  await redis.del(...(await redis.keys(`${system.name}:*`)));

  expect(await fileOf("whatsapp", messageId)).toMatchObject({ sha256: sha256(picture) });
});
