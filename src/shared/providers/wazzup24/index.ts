import { frameMessage } from "#shared/providers/frame-message.ts";
import { defineProvider } from "#shared/providers/provider.ts";
import { buildEntity } from "./build-entity.ts";
import { check } from "./check.ts";
import { advise } from "./errors.ts";
import { examine } from "./examine.ts";
import { findFaults } from "./find-faults.ts";
import { answerHandshake } from "./handshake.ts";
import { rankOf } from "./normalize-receipt.ts";
import { accountEffect, stateCodes } from "./normalize-state.ts";
import { normalize } from "./normalize.ts";
import { peek } from "./peek.ts";
import { reconcile } from "./reconcile.ts";
import { review } from "./review.ts";
import { send } from "./send.ts";
import { split } from "./split.ts";
import { subscribe } from "./subscribe.ts";
import { verifyRequest } from "./verify.ts";

export default defineProvider({
  name: "wazzup24",
  // 500 requests in 5 s for the account: https://wazzup24.com/help/api-en/common-errors/
  defaults: { holdMs: 500, perSecond: 100 },
  isAccountWide: true,
  evidence: "ask",
  authorize: verifyRequest,
  peek,
  normalize,
  findFaults,
  buildEntity,
  rankOf,
  accountEffect,
  stateCodes,
  send,
  split,
  check,
  examine,
  review,
  subscribe,
  advise,
  reconcile,
  words: { applied: frameMessage("WAZZUP24") },
  handshake: answerHandshake,
});
