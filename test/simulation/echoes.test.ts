import { expect, test } from "vitest";
import { createOutgoing, type Outgoing } from "../../src/shared/models/outgoing.ts";
import { createProviderRefs } from "../../src/shared/models/provider-refs.ts";
import { settleEcho } from "../../src/workers/conversation/settle-echo.ts";
import {
  buildConversation,
  buildMessage,
  noon,
} from "../../src/workers/conversation/test-turns.ts";
import { toDriver } from "./database/driver.ts";
import { plainWire } from "./database/plain-wire.ts";
import { createTable } from "./database/table.ts";

const echo = buildMessage({ direction: "out", origin: "api", messageId: "p1" });
const hourMs = 3_600_000;

/** Whether the echo of "hello", shown at noon, is known as this send of ours. */
async function isOurs(send: Partial<Outgoing>, readAt: number): Promise<boolean> {
  const outgoing = createOutgoing(toDriver("outgoing", createTable(), plainWire));
  const providerRefs = createProviderRefs(toDriver("refs", createTable(), plainWire));
  await outgoing.insert({
    _id: "conversation|replies|0000000001",
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "channel",
    conversationId: "conversation",
    lane: "replies",
    sequence: 1,
    peer: "79001234567",
    command: { type: "text", text: "hello" },
    origin: "bot",
    causedBy: "message",
    state: "sending",
    attempt: 1,
    claimedAt: new Date(noon),
    createdAt: new Date(noon),
    ...send,
  });
  const told = { tellSent: nothing, endAlert: nothing };
  const ports = { outgoing, providerRefs, now: () => readAt, ...told };
  return settleEcho(ports, echo, buildConversation());
}

const nothing = (): Promise<void> => Promise.resolve();

test("an echo that is read an hour late is still our own", async () => {
  expect(await isOurs({}, noon + hourMs)).toBe(true);
});

test("an echo is our own though its id was recorded after the look for it", async () => {
  expect(await isOurs({ state: "sent", providerMessageId: "p1" }, noon)).toBe(true);
});

test("the same words under another id are somebody else's", async () => {
  expect(await isOurs({ state: "sent", providerMessageId: "p0" }, noon)).toBe(false);
});
