import type { Config } from "#shared/config/env.ts";
import type { Teller } from "#shared/live/tell-changes.ts";
import { confirmLogin } from "#shared/models/confirm-login.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { SignInPort } from "#workers/conversation/take-sign-in.ts";

/** Signing in by a message: the attempt is settled in MongoDB, and its browser hears of it. */
export function openSignIn(
  config: Config,
  models: Pick<Models, "users" | "loginAttempts">,
  tell: Teller,
): SignInPort {
  const { LOGIN_PREFIX, LOGIN_DONE_TEXT, LOGIN_UNKNOWN_TEXT, LOGIN_EXPIRED_TEXT } = config;
  return {
    prefix: LOGIN_PREFIX,
    texts: {
      confirmed: LOGIN_DONE_TEXT,
      no_number: LOGIN_UNKNOWN_TEXT,
      not_registered: LOGIN_UNKNOWN_TEXT,
      expired: LOGIN_EXPIRED_TEXT,
    },
    confirm: async (ask) => {
      const answer = await confirmLogin(models, ask, new Date());
      tell.attempt(ask.attemptId);
      return answer;
    },
  };
}
