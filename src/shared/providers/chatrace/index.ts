import { defineProvider } from "#shared/providers/provider.ts";
import { check } from "./check.ts";
import { advise } from "./errors.ts";
import { examine } from "./examine.ts";
import { findContact } from "./find-contact.ts";
import { answerHandshake } from "./handshake.ts";
import { normalize } from "./normalize.ts";
import { parse } from "./parse.ts";
import { peek } from "./peek.ts";
import { poll } from "./poll.ts";
import { review } from "./review.ts";
import { send } from "./send.ts";
import { verifySecret } from "./verify.ts";
import { words } from "./words.ts";

const dayMs = 86_400_000;

export default defineProvider({
  name: "chatrace",
  // No limit is documented; a client that lives with it asks 100 times a minute, one at a time.
  defaults: { holdMs: 500, windowMs: dayMs, perSecond: 100 / 60 },
  // No id comes back from a send and no receipt follows it.
  evidence: "none",
  authorize: verifySecret,
  parse,
  peek,
  normalize,
  rankOf: (status) => (status === "read" ? "read" : undefined),
  accountEffect: () => undefined,
  send,
  check,
  examine,
  findContact,
  review,
  advise,
  poll,
  handshake: answerHandshake,
  words,
});
