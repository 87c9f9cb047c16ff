import { mayLoginByPhone } from "#shared/domain/access.ts";
import type { LoginOutcome, LoginRefusal } from "#shared/models/login-attempts.ts";
import type { Models } from "#shared/models/open-models.ts";

/** A message that names an attempt. */
export interface LoginAsk {
  readonly tenantId: string;
  readonly channelId: string;
  readonly attemptId: string;
  readonly messageId: string;
  /** The sender's, digits alone; absent where the provider does not tell it. */
  readonly phone: string | undefined;
}

export type LoginAnswer = "confirmed" | "expired" | LoginRefusal;

/** Settles the attempt by the sender's number; the same message gets the same answer again. */
export async function confirmLogin(
  { users, loginAttempts }: Pick<Models, "users" | "loginAttempts">,
  { tenantId, channelId, attemptId, messageId, phone }: LoginAsk,
  now: Date,
): Promise<LoginAnswer> {
  const user = phone === undefined ? null : await users.findByPhone(tenantId, `+${phone}`);
  const outcome: LoginOutcome =
    user !== null && user.active && mayLoginByPhone(user.role)
      ? { state: "confirmed", userId: user._id }
      : { state: "refused", reason: phone === undefined ? "no_number" : "not_registered" };
  const of = { _id: attemptId, channelId, messageId };
  if (await loginAttempts.settle(tenantId, of, outcome, now)) return answerOf(outcome);
  const settled = await loginAttempts.find(tenantId, attemptId);
  return settled?.messageId === messageId ? answerOf(settled) : "expired";
}

const answerOf = (of: { readonly userId?: string; readonly reason?: LoginRefusal }): LoginAnswer =>
  of.reason ?? (of.userId === undefined ? "expired" : "confirmed");
