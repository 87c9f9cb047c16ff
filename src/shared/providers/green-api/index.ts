import { frameMessage } from "#shared/providers/frame-message.ts";
import { defineProvider } from "#shared/providers/provider.ts";
import { advise } from "./errors.ts";
import { check } from "./check.ts";
import { device } from "./device.ts";
import { examine } from "./examine.ts";
import { answerHandshake } from "./handshake.ts";
import { history } from "./history.ts";
import { rankOf } from "./normalize-receipt.ts";
import { accountEffect, stateCodes } from "./normalize-state.ts";
import { locateMedia } from "./locate-media.ts";
import { normalize } from "./normalize.ts";
import { peek } from "./peek.ts";
import { poll } from "./poll.ts";
import { reconcile } from "./reconcile.ts";
import { review } from "./review.ts";
import { send } from "./send.ts";
import { uploadFile } from "./upload-file.ts";
import { verifyToken } from "./verify.ts";

export default defineProvider({
  name: "green-api",
  // The journal shows a message up to 2 minutes late: https://green-api.com/en/docs/api/journals/LastOutgoingMessages/
  defaults: { holdMs: 0, perSecond: 50, absentAfterMs: 120_000 },
  evidence: "ask",
  authorize: verifyToken,
  peek,
  normalize,
  rankOf,
  accountEffect,
  stateCodes,
  send,
  check,
  examine,
  review,
  media: { locate: locateMedia, upload: uploadFile },
  advise,
  reconcile,
  poll,
  history,
  device,
  words: { applied: frameMessage("WHATSAPP") },
  handshake: answerHandshake,
});
