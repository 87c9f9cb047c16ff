import { randomBytes } from "node:crypto";
import type { Channel } from "#shared/models/channels.ts";

type Named = "_id" | "tenantId" | "provider" | "name" | "externalId";

/** A channel as it begins: what is given, and the usual for the rest. */
export const newChannel = (given: Pick<Channel, Named> & Partial<Channel>): Channel => ({
  schemaVersion: 1,
  key: randomBytes(18).toString("base64url"),
  active: true,
  sealedSecrets: [],
  allowFrom: [],
  unknownPolicy: "evidence",
  resendFailed: true,
  answerGroups: false,
  updatedAt: new Date(),
  ...given,
});
