import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMediaLinks } from "../../src/shared/media/media-links.ts";
import greenApi from "../../src/shared/providers/green-api/index.ts";
import type { Provider } from "../../src/shared/providers/provider.ts";
import whatsapp from "../../src/shared/providers/whatsapp-cloud/index.ts";
import { prepareFile, type Prepared } from "../../src/workers/media/prepare-file.ts";
import { largePicture, sha256 } from "../support/files.ts";
import { openTestMedia } from "../support/media.ts";

let world: Awaited<ReturnType<typeof openTestMedia>>;
beforeAll(async () => {
  world = await openTestMedia();
});
afterAll(() => world.stop());

const picture = largePicture(300_000);
let made = 0;

/** A file of the tenant's, whole. */
const keepFile = async (bytes = picture): Promise<string> => {
  const { media, mediaBytes } = world.database.models;
  const _id = `file-${(made += 1)}`;
  const now = new Date();
  const fileId = mediaBytes.newId();
  const whose = { _id, schemaVersion: 1, tenantId: "tenant", fileName: "look.png" } as const;
  await media.insert({
    ...whose,
    state: "waiting",
    attempt: 1,
    fileId,
    createdAt: now,
    sweepAt: now,
  });
  const kept = { fileId, tenantId: "tenant", mediaId: _id, mostBytes: bytes.length };
  const facts = await mediaBytes.write({ ...kept, bytes: Readable.from([bytes]) });
  await media.settleStored(_id, { attempt: 1, fileId, until: now }, facts, now);
  return _id;
};

const prepare = async (
  channelId: string,
  provider: Provider,
  mediaId: string,
  ports = world.ports,
): Promise<Prepared> => {
  const channel = await world.ports.findChannel(channelId);
  if (channel === undefined) throw new Error(`no channel ${channelId}`);
  return prepareFile(ports, channel, provider, { type: "image", mediaId, caption: "Look" });
};

const commandOf = (prepared: Prepared) => {
  if (prepared.kind !== "ready" || !("caption" in prepared.command)) throw new Error("not ready");
  return prepared.command;
};

test("WhatsApp gets the bytes once, and their id in each message", async () => {
  const id = await keepFile();

  const first = commandOf(await prepare("whatsapp", whatsapp, id));
  const second = commandOf(await prepare("whatsapp", whatsapp, id));

  expect(first).toMatchObject({ type: "image", caption: "Look", fileName: "look.png" });
  expect(first).not.toHaveProperty("mediaId");
  expect(second).toEqual(first);
  const stored = world.whatsapp.media.get(first.providerMediaId ?? "");
  expect(stored?.mimeType).toBe("image/png");
  expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(picture));
});

test("Green API gets the bytes into its storage, and their link in each message", async () => {
  const id = await keepFile();

  const { link = "" } = commandOf(await prepare("green", greenApi, id));

  const stored = world.greenApi.media.get(link.split("/").at(-1) ?? "");
  expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(picture));
});

test("a provider without files of its own gets a link to us, which holds for a day", async () => {
  const { media: _, ...plain } = greenApi;
  const id = await keepFile();
  const links = createMediaLinks({
    ...world.config,
    PUBLIC_URL: "https://switchboard.example.com",
  });

  const shut = await prepare("green", plain, id);
  const { link = "" } = commandOf(await prepare("green", plain, id, { ...world.ports, links }));

  expect(shut).toMatchObject({ kind: "not_ready", outcome: { code: "no_public_url" } });
  const url = new URL(link);
  const until = new Date(Number(url.searchParams.get("expires")));
  const signature = url.searchParams.get("signature") ?? "";
  const linked = { tenantId: "tenant", mediaId: id, until };
  expect(url.origin).toBe("https://switchboard.example.com");
  expect(links.isGood(linked, signature, new Date(Date.now() + 82_800_000))).toBe(true);
  expect(links.isGood(linked, signature, new Date(Date.now() + 90_000_000))).toBe(false);
});

test("a file that is larger than the provider takes is refused without a call", async () => {
  const id = await keepFile(largePicture(5 * 1024 * 1024));

  const prepared = await prepare("whatsapp", whatsapp, id);

  expect(prepared).toMatchObject({
    outcome: { kind: "refused", code: "file_too_large", reason: expect.stringMatching("5 MB") },
  });
});

test("an upload that the provider refuses, or nobody takes, has sent nothing", async () => {
  const id = await keepFile();
  world.whatsapp.switches.set({ expiredToken: { next: 1 } });
  const refused = await prepare("whatsapp", whatsapp, id);
  const away = await prepare("whatsapp", whatsapp, id, {
    ...world.ports,
    apiUrlOf: () => "http://127.0.0.1:1",
  });

  expect(refused).toMatchObject({ kind: "not_ready", outcome: { kind: "account" } });
  expect(away).toMatchObject({ kind: "not_ready", outcome: { kind: "unreached" } });
});
