import { fold } from "#shared/bot/fold.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import { isGroup } from "#shared/domain/ids.ts";
import type { LoginAnswer, LoginAsk } from "#shared/models/confirm-login.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";
import type { Change } from "#workers/conversation/take-turn.ts";

/** Signing in by a message. */
export interface SignInPort {
  /** How such a message begins: `AMT LOGIN`. */
  readonly prefix: string;
  /** What the sender is told. */
  readonly texts: Readonly<Record<LoginAnswer, string>>;
  readonly confirm: (ask: LoginAsk) => Promise<LoginAnswer>;
}

/**
 * A message that names an attempt to sign in is no bot's: it settles the attempt and is answered.
 * It may be handled twice, for the same message settles an attempt once. Undefined: it is none.
 */
export async function takeSignIn(
  port: SignInPort | undefined,
  channel: OpenChannel,
  { event, webhook, id }: Candidate,
): Promise<Change | undefined> {
  if (port === undefined || channel.signIn !== true || event.kind !== "message") return undefined;
  const attemptId = readAttempt(event, port.prefix);
  if (attemptId === undefined) return undefined;
  if (webhook?.source !== "webhook" || webhook.proven !== true) return { ignored: unproven };
  if (isGroup(event)) return { ignored: "a sign-in counts in a personal chat only" };
  const { tenantId, _id: channelId } = channel;
  const phone = phoneOf(event);
  const answer = await port.confirm({ tenantId, channelId, attemptId, messageId: id, phone });
  return { commands: [{ command: { type: "text", text: port.texts[answer] }, origin: "bot" }] };
}

const unproven = "a sign-in counts only where the webhook proves the channel's secret";
const longestText = 200;

/** `AMT LOGIN <attempt>`, in any case and with any spaces. */
export function readAttempt(
  { direction, type, text = "", isOnlyKept }: MessageEvent,
  prefix: string,
): string | undefined {
  if (direction !== "in" || type !== "text" || isOnlyKept === true) return undefined;
  if (text.length > longestText) return undefined;
  const said = text.trim().replaceAll(/\s+/g, " ");
  const begin = `${prefix} `;
  if (fold(said.slice(0, begin.length)) !== fold(begin)) return undefined;
  return /^[\w-]{1,64}$/.exec(said.slice(begin.length))?.[0].toLowerCase();
}

/** A hidden number (@lid) or a business-scoped id is no phone. */
const phoneOf = ({ phone }: MessageEvent): string | undefined =>
  phone !== undefined && /^\d{7,15}$/.test(phone) ? phone : undefined;
