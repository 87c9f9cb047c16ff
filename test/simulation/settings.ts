import type { OpenChannel } from "../../src/shared/models/channel-directory.ts";

/** As in production, but for the sweeper's and the provider's own, which a shape may vary. */
export const sweepAfterMs = 10_000;
export const sweepEveryMs = 5000;
export const aloneAfterMs = 60_000;
export const sendTimeoutMs = 15_000;
export const laneSettings = {
  claimMs: 60_000,
  marginMs: 20_000,
  sendTimeoutMs,
  unknownHoldsMs: 30_000,
  receiptSilenceMs: 120_000,
} as const;

/** The one channel of the simulated world. */
export const channel: OpenChannel = {
  _id: "channel",
  schemaVersion: 1,
  tenantId: "tenant",
  provider: "simulated",
  name: "a channel",
  key: "channel",
  externalId: "1",
  active: true,
  botId: "bot",
  allowFrom: [],
  unknownPolicy: "evidence",
  resendFailed: true,
  answerGroups: false,
  updatedAt: new Date(0),
  token: "",
  secrets: [],
};
