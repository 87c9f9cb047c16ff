import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { fetchMedia } from "../../src/workers/media/fetch-media.ts";
import { sweepMedia } from "../../src/workers/media/sweep-media.ts";
import { largePicture, sha256 } from "../support/files.ts";
import { mostBytes, openTestMedia, strikeMedia } from "../support/media.ts";
import { startReceiver } from "../support/receiver.ts";

let world: Awaited<ReturnType<typeof openTestMedia>>;
beforeAll(async () => {
  world = await openTestMedia();
});
afterAll(() => world.stop());

const never = new AbortController().signal;
const picture = largePicture(300_000);
const image = (id: string) => ({ id, base64: picture.toString("base64"), mimeType: "image/png" });

/** One attempt to fetch. */
const fetchOnce = async (id: string) => {
  await fetchMedia(world.ports, id, never);
  return world.database.models.media.read(id);
};

/** A picture that a customer sent through WhatsApp. */
const expectPicture = async (id: string): Promise<string> => {
  await world.whatsapp.customerSays({ image: image(id) });
  return world.expectFile("whatsapp", `message ${id}`, { id, mimeType: "text/html" });
};

test("a file is kept with its own kind, length and hash, and its bytes are what the provider had", async () => {
  const id = await expectPicture("1");

  const file = await fetchOnce(id);

  expect(file).toMatchObject({
    state: "stored",
    attempt: 1,
    mimeType: "image/png",
    size: picture.length,
    sha256: sha256(picture),
  });
  if (file?.fileId === undefined) throw new Error("it has no bytes");
  const kept = await Array.fromAsync(world.ports.mediaBytes.read(file.fileId));
  expect(Buffer.concat(kept).equals(picture)).toBe(true);
});

test("a second job of the same file does nothing", async () => {
  const id = await expectPicture("2");
  const first = await fetchOnce(id);

  expect(await fetchOnce(id)).toEqual(first);
});

test.each([
  ["short", /SHA-256|bytes came/],
  ["expired", /fresh address/],
] as const)(
  "a file that comes %s waits for the next attempt, and none of its bytes stay",
  async (kind, reason) => {
    const id = await expectPicture(`3 ${kind}`);
    const before = await world.keptBytes();
    strikeMedia(world.whatsapp, { next: 2, kind });

    const failed = await fetchOnce(id);

    expect(failed).toMatchObject({ state: "waiting", reason: expect.stringMatching(reason) });
    expect(await world.keptBytes()).toEqual(before);
    world.whatsapp.switches.reset();
    expect(await fetchOnce(id)).toMatchObject({ state: "stored", sha256: sha256(picture) });
  },
);

test("an address that ran out is asked for anew, in the same attempt", async () => {
  const id = await expectPicture("4");
  const { messageId } = await world.greenApi.customerSays({ image: image("x") });
  const url = `${world.greenApi.url}/files/none`;
  const green = await world.expectFile("green", messageId, { url });
  strikeMedia(world.whatsapp, { next: 1, kind: "expired" });

  expect(await fetchOnce(id)).toMatchObject({ state: "stored", attempt: 1 });
  expect(await fetchOnce(green)).toMatchObject({ state: "stored", sha256: sha256(picture) });
});

test.each(["huge", "endless"] as const)(
  "a file that is %s is given up at once: the reason is kept, and people are told",
  async (kind) => {
    const id = await expectPicture(`5 ${kind}`);
    strikeMedia(world.whatsapp, { next: 1, kind });

    const file = await fetchOnce(id);

    const reason = expect.stringMatching(`larger than ${mostBytes} bytes`);
    expect(file).toMatchObject({ state: "failed", attempt: 1, reason });
    expect(await world.alertOf(id)).toMatchObject({ kind: "media.failed", tenantId: "tenant" });
  },
);

test("a file that does not come to its end in time is given up after the last attempt", async () => {
  const slow = await openTestMedia({ MEDIA_TIMEOUT_MS: "1500", MEDIA_RETRY_S: "0" });
  onTestFinished(slow.stop);
  await slow.whatsapp.customerSays({ image: image("6") });
  const id = await slow.expectFile("whatsapp", "message 6", { id: "6" });
  slow.whatsapp.switches.set({ mediaFault: { next: 2, kind: "slow" } });

  await fetchMedia(slow.ports, id, never);
  const first = await slow.database.models.media.read(id);
  await fetchMedia(slow.ports, id, never);

  expect(first).toMatchObject({ state: "waiting", reason: expect.stringMatching("1500 ms") });
  expect(await slow.database.models.media.read(id)).toMatchObject({ state: "failed", attempt: 2 });
  expect(await slow.keptBytes()).toEqual([]);
});

test("an address in the house is never called, whoever named it", async () => {
  const house = await startReceiver();
  onTestFinished(house.close);
  const urls = [`${house.url}/secret`, "http://169.254.169.254/latest", "file:///etc/passwd"];

  for (const url of urls) {
    const id = await world.expectFile("green", `message to ${url}`, { url });
    expect(await fetchOnce(id)).toMatchObject({ state: "waiting", reason: expect.any(String) });
  }

  expect(house.received).toEqual([]);
});

test("what an attempt left that nobody settled goes with the next one", async () => {
  const id = await expectPicture("7");
  const { media, mediaBytes } = world.database.models;
  const claim = { attempt: 1, fileId: mediaBytes.newId(), until: new Date() };
  await media.claim(id, claim);
  const bytes = [new Uint8Array(400_000)];
  const lost = { fileId: claim.fileId, tenantId: "tenant", mediaId: id, mostBytes };
  await mediaBytes.write({ ...lost, bytes: toStream(bytes) });

  const file = await fetchOnce(id);

  expect(file).toMatchObject({ state: "stored", attempt: 2 });
  expect(await world.keptBytes()).not.toContain(String(claim.fileId));
  expect(
    await media.settleStored(id, claim, { size: 1, sha256: "", mimeType: "" }, new Date()),
  ).toBe("missed");
});

test("an attempt that ends while another begins: the file that is told of has its bytes", async () => {
  const id = await expectPicture("10");
  const { media, mediaBytes } = world.ports;
  const bytesAreHere = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const slowToEnd: typeof media = {
    ...media,
    settleStored: async (...told) => {
      bytesAreHere.resolve();
      await mayEnd.promise;
      return media.settleStored(...told);
    },
  };
  const first = fetchMedia({ ...world.ports, media: slowToEnd }, id, never);
  await bytesAreHere.promise;
  const removing: typeof mediaBytes = {
    ...mediaBytes,
    remove: async (fileId) => {
      await mediaBytes.remove(fileId);
      mayEnd.resolve();
      await first;
    },
  };

  await fetchMedia({ ...world.ports, mediaBytes: removing }, id, never);

  const file = await world.database.models.media.read(id);
  expect(file).toMatchObject({ state: "stored", sha256: sha256(picture) });
  expect(await world.keptBytes()).toContain(String(file?.fileId));
});

test("the sweeper wakes what waits, and removes what was kept for long enough", async () => {
  const swept = await openTestMedia({ MEDIA_KEPT_MS: "1" });
  onTestFinished(swept.stop);
  const waiting = await swept.expectFile("whatsapp", "message 8", { id: "8" });
  await swept.whatsapp.customerSays({ image: image("9") });
  const old = await swept.expectFile("whatsapp", "message 9", { id: "9" });
  await fetchMedia(swept.ports, old, never);
  expect(await swept.keptBytes()).toHaveLength(1);

  await sweepMedia(swept.ports);

  expect(swept.woken).toEqual([waiting]);
  expect(await swept.database.models.media.read(old)).toBeUndefined();
  expect(await swept.keptBytes()).toEqual([]);
});

async function* toStream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

test("a file that was given up is fetched once more when somebody asks, and no other", async () => {
  const { media } = world.database.models;
  const id = await expectPicture("20");
  strikeMedia(world.whatsapp, { next: 1, kind: "huge" });
  await fetchOnce(id);
  const now = new Date();

  const others = await Promise.all([
    media.retry("theirs", id, now),
    media.retry("tenant", "x", now),
  ]);
  const isAsked = await media.retry("tenant", id, now);
  const isAskedTwice = await media.retry("tenant", id, now);

  expect([...others, isAsked, isAskedTwice]).toEqual([false, false, true, false]);
  expect(await media.read(id)).toMatchObject({ state: "waiting" });
  expect(await fetchOnce(id)).toMatchObject({ state: "stored", attempt: 2 });
});
