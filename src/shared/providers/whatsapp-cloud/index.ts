import type { Rank } from "#shared/domain/outcome.ts";
import { frameMessage } from "#shared/providers/frame-message.ts";
import { defineProvider } from "#shared/providers/provider.ts";
import { advise } from "./errors.ts";
import { check } from "./check.ts";
import { examine } from "./examine.ts";
import { answerHandshake } from "./handshake.ts";
import { accountEffect, stateCodes } from "./normalize-account.ts";
import { locateMedia } from "./locate-media.ts";
import { normalize } from "./normalize.ts";
import { peek } from "./peek.ts";
import { review } from "./review.ts";
import { send } from "./send.ts";
import { templates } from "./templates.ts";
import { uploadMedia } from "./upload-media.ts";
import { verifySignature } from "./verify.ts";

const ranks: ReadonlyMap<string, Rank | "failed"> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
  ["failed", "failed"],
]);

export default defineProvider({
  name: "whatsapp-cloud",
  defaults: {
    holdMs: 500,
    windowMs: 24 * 60 * 60 * 1000,
    perSecond: 80,
    // Meta speaks of a burst of 45; in the field the limit was hit after some 31.
    pair: { intervalMs: 6_000, burst: 30 },
  },
  evidence: "receipts",
  authorize: verifySignature,
  peek,
  normalize,
  rankOf: (status) => ranks.get(status),
  accountEffect,
  stateCodes,
  send,
  check,
  examine,
  review,
  templates,
  media: { locate: locateMedia, upload: uploadMedia },
  advise,
  words: { applied: frameMessage("WHATSAPP") },
  handshake: answerHandshake,
});
