import { createHash } from "node:crypto";
import type { Released } from "#shared/models/bots.ts";

/**
 * The version that a conversation begins with: always the same one while the trial lasts, and who is
 * in a small share is in a larger one. Each version is tried out on others.
 */
export function pickVersion(bot: Released | null, conversationId: string): string | undefined {
  const { publishedVersionId, canary } = bot ?? {};
  if (canary === undefined) return publishedVersionId;
  const share = shareOf(`${conversationId}|${canary.versionId}`);
  return share * 100 < canary.percent ? canary.versionId : publishedVersionId;
}

const bytes = 6;

/** From 0 up to 1, evenly. */
const shareOf = (name: string): number =>
  createHash("sha256").update(name).digest().readUIntBE(0, bytes) / 2 ** (8 * bytes);
