import { z } from "zod";
import type { Finding } from "#shared/domain/finding.ts";
import { askChecked, failedFinding, type Asked } from "#shared/providers/ask-checked.ts";
import { clockFinding } from "#shared/providers/clock-finding.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { ExamineCall } from "#shared/providers/provider.ts";
import { filled, part } from "#shared/providers/wire-fields.ts";
import { askRoute } from "./ask.ts";
import { pickChannel } from "./channels.ts";
import { sortAnswer } from "./sort.ts";

const flag = z.boolean().optional().catch(undefined);
const webhooks = z.object({
  webhooksUri: filled,
  subscriptions: part({ messagesAndStatuses: flag, channelsUpdates: flag }),
});

/** The key, the channel's state and the account's webhook: https://wazzup24.com/help/api-en/working-with-channels/ */
export async function examine(call: ExamineCall): Promise<readonly Finding[]> {
  const asked = await ask(call, "/channels", Array.isArray);
  if (!("answer" in asked)) return [failedFinding("Wazzup", asked)];
  return [
    { check: "token", state: "ok", says: "Wazzup takes the key." },
    stateFinding(call, asked.answer),
    ...clockFinding(asked.answer.headers["date"], call.now),
    webhookFinding(call, await ask(call, "/webhooks", isWebhooks)),
  ];
}

const ask = (
  call: ExamineCall,
  path: string,
  isAnswer: (body: unknown) => boolean,
): Promise<Asked> =>
  askChecked(call, {
    ask: () => askRoute(call, { method: "GET", path }),
    sort: sortAnswer,
    isAnswer: (body) => isAnswer(readBody(body)),
  });

const isWebhooks = (body: unknown): boolean => webhooks.safeParse(body).success;

const reopen = "Take the number back on its phone: it is open somewhere else.";

// https://wazzup24.com/help/api-en/working-with-channels/
const fixes: ReadonlyMap<string, string> = new Map([
  ["disabled", "Switch the channel on in Wazzup's account."],
  ["phoneUnavailable", "See that the phone is on and online."],
  ["qr", "Scan the QR code in Wazzup's account."],
  ["openElsewhere", reopen],
  ["notEnoughMoney", "Pay for the channel in Wazzup's account."],
  ["foreignphone", "Scan the QR code with the phone that the channel was made for."],
  ["unauthorized", "Sign the channel in again in Wazzup's account."],
  ["waitForPassword", "Enter the two-step password in Wazzup's account."],
  ["onModeration", "Wait until Meta has looked at the WABA channel."],
  ["rejected", "Meta has rejected the channel: see it in Wazzup's account."],
  ["blocked", "The channel is blocked: ask Wazzup's support."],
]);

function stateFinding({ account }: ExamineCall, answer: HttpAnswer): Finding {
  const check = "state";
  const found = pickChannel(answer, account.externalId);
  if (found === undefined)
    return {
      check,
      state: "fail",
      says: `The account has no channel ${account.externalId}.`,
      fix: "channel set ID --external-id UUID, one of those that GET /v3/channels lists",
    };
  const word = found.state ?? "in no known state";
  const says = `The channel is ${word}.`;
  if (word === "active") return { check, state: "ok", says };
  if (word === "init") return { check, state: "warn", says, fix: "Look again in a minute." };
  return { check, state: "fail", says, fix: fixes.get(word) ?? "See it in Wazzup's account." };
}

function webhookFinding({ wanted }: ExamineCall, asked: Asked): Finding {
  const check = "webhook";
  if (!("answer" in asked)) return failedFinding("Wazzup", asked, check);
  const { webhooksUri, subscriptions } = webhooks.safeParse(readBody(asked.answer.body)).data ?? {};
  const fix = "channel subscribe ID --base-url https://YOUR-HOST";
  const fault = (says: string): Finding => ({ check, state: "fail", says, fix });
  const address = withoutQuery(webhooksUri);
  if (address === undefined) return fault("No webhook is set: Wazzup calls nobody.");
  if (!wanted.isOurs(address)) return fault(`Wazzup posts to ${address}, which is not ours.`);
  if (subscriptions?.messagesAndStatuses === false)
    return fault("Wazzup posts no messages and no receipts.");
  if (subscriptions?.channelsUpdates !== true)
    return { ...fault("Wazzup does not tell when the channel's state changes."), state: "warn" };
  return { check, state: "ok", says: `Wazzup posts to ${address}.` };
}

/** The query holds the secret. */
function withoutQuery(address: string | undefined): string | undefined {
  const url = URL.parse(address ?? "");
  return url === null ? undefined : url.origin + url.pathname;
}
