import { afterAll, expect, test } from "vitest";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
import { eventually } from "../support/eventually.ts";
import { largePicture, sha256, uploadFile } from "../support/files.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ settings: { MEDIA_TIMEOUT_MS: "5000" } });
afterAll(system.stop);
const { whatsapp, greenApi } = system;
const { token, post } = await signIn(system);
const picture = largePicture(300_000);

const send = async (channel: string, to: string, mediaId: string) => {
  const body = { to, message_type: "image", media_id: mediaId, content: "Look" };
  const { status } = await post(`/api/v1/channels/${channel}/messages`, body);
  expect(status).toBe(202);
};

const uploadsOf = async (id: string) =>
  Object.values((await system.models.media.read(id))?.uploads ?? {});

const sentTo = (to: string) =>
  eventually(async () => {
    const sends = (await system.readOutgoing()).filter(({ peer }) => peer.startsWith(to));
    expect(sends.every(({ state }) => state === "sent")).toBe(true);
    expect(sends.length).toBeGreaterThan(0);
    return sends;
  }, 15_000);

test("a picture goes out through WhatsApp as an upload to Meta, which a second send uses again", async () => {
  const to = "447700900101";
  const images = () => whatsapp.ledger.entries({ to }).filter(({ type }) => type === "image");
  const areSent = (count: number) => eventually(() => expect(images()).toHaveLength(count), 15_000);
  await whatsapp.customerSays({ from: to, text: "Show me" });
  await whatsapp.ledger.waitFor(1, 15_000);
  const { made } = await uploadFile(system.api.url, token, picture, { name: "look.png" });

  await send("whatsapp", to, made.id);
  await areSent(1);
  await send("whatsapp", to, made.id);
  await areSent(2);

  expect(images().map(({ text }) => text)).toEqual(["Look", "Look"]);
  const uploads = await uploadsOf(made.id);
  expect(uploads).toHaveLength(1);
  const stored = whatsapp.media.get(uploads[0]?.as.providerMediaId ?? "");
  expect(stored?.mimeType).toBe("image/png");
  expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(picture));
});

test("a picture goes out through Green API from its own storage", async () => {
  const to = "447700900102";
  const { made } = await uploadFile(system.api.url, token, picture, { name: "look.png" });

  await send("green", to, made.id);
  await greenApi.ledger.waitFor((entry) => entry.to.startsWith(to), 15_000);

  expect(greenApi.ledger.entries({ to })).toMatchObject([{ type: "sendFileByUrl", text: "Look" }]);
  const [upload] = await uploadsOf(made.id);
  const stored = greenApi.media.get(upload?.as.link?.split("/").at(-1) ?? "");
  expect(sha256(stored?.bytes ?? Buffer.alloc(0))).toBe(sha256(picture));
});

test("an answer that is lost after a file's send is reconciled as any other: it leaves once", async () => {
  const to = "447700900103";
  const { made } = await uploadFile(system.api.url, token, picture, { name: "look.png" });
  greenApi.switches.set({ dropAfter: { next: 1 } });

  await send("green", to, made.id);

  const [sent] = await sentTo(to);
  expect(sent).toMatchObject({ attempt: 1, command: { mediaId: made.id } });
  expect(greenApi.ledger.entries({ to })).toHaveLength(1);
});

test("a file that is not here any more fails its send, and says so", async () => {
  const to = "447700900104@c.us";
  const command = { type: "image", mediaId: "removed" } as const;
  const event = { kind: "operator", actId: "a1", act: "send", chatId: to, command } as const;
  const channel = { _id: "green", tenantId: "tenant", provider: "green-api" };

  await system.models.webhooks.insert(buildOwnEntry(channel, "a1", event, new Date()));

  await eventually(async () => {
    const [failed] = (await system.readOutgoing()).filter(({ peer }) => peer === to);
    expect(failed).toMatchObject({ state: "failed", code: "no_file" });
  }, 15_000);
});
