import { z } from "zod";
import type { Finding } from "#shared/domain/finding.ts";
import { askChecked, failedFinding, type Asked } from "#shared/providers/ask-checked.ts";
import { clockFinding } from "#shared/providers/clock-finding.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { ExamineCall } from "#shared/providers/provider.ts";
import { filled, items, part } from "#shared/providers/wire-fields.ts";
import { sortAnswer } from "./sort.ts";

const number = z.object({ status: filled, quality_rating: filled });
const token = z.object({
  data: part({
    is_valid: z.boolean().optional(),
    expires_at: z.number().optional(),
    scopes: z.array(z.string()).catch([]),
  }),
});
const callbacks = z.object({
  webhook_configuration: part({
    phone_number: filled,
    whatsapp_business_account: filled,
    application: filled,
  }),
});
const apps = z.object({ data: items(z.looseObject({})) });

/** Number, token, subscription and version, as Meta tells them: https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers */
export async function examine(call: ExamineCall): Promise<readonly Finding[]> {
  const { externalId, token: own } = call.account;
  const id = encodeURIComponent(externalId);
  const asked = await ask(call, `${id}?fields=status,quality_rating`);
  if (!("answer" in asked)) return [failedFinding("Meta", asked)];
  const debug = await ask(call, `debug_token?input_token=${encodeURIComponent(own)}`);
  return [
    ...tokenFindings(debug, call.now),
    ...numberFindings(asked.answer),
    ...versionFinding(call, asked.answer),
    ...clockFinding(asked.answer.headers["date"], call.now),
    await subscriptionFinding(call),
    ...callbackFinding(call, await ask(call, `${id}?fields=webhook_configuration`)),
  ];
}

/** A question of the Graph API's. */
const ask = (call: ExamineCall, path: string): Promise<Asked> =>
  askChecked(call, {
    ask: ({ http, account, signal }) =>
      http.ask({
        method: "GET",
        url: `${account.apiUrl.replace(/\/+$/, "")}/${path}`,
        headers: { authorization: `Bearer ${account.token}` },
        guarded: account.guarded,
        signal,
      }),
    sort: sortAnswer,
  });

const dayMs = 86_400_000;
const soonMs = 7 * dayMs;
const renew = "Make a permanent token of a system user, then: channel set ID --token-stdin";

/** https://developers.facebook.com/docs/graph-api/reference/debug_token: 0 never expires. */
function tokenFindings(asked: Asked, now: Date): readonly Finding[] {
  const check = "token";
  const data =
    "answer" in asked ? token.safeParse(readBody(asked.answer.body)).data?.data : undefined;
  if (data === undefined)
    return [{ check, state: "ok", says: "Meta takes the token; when it ends it does not say." }];
  const { is_valid: isValid, expires_at: expiresAt = 0, scopes } = data;
  if (isValid === false)
    return [{ check, state: "fail", says: "The token has ended.", fix: renew }];
  return [expiryFinding(expiresAt * 1000, now), permissionFinding(scopes)];
}

function expiryFinding(expiresAt: number, now: Date): Finding {
  const check = "token";
  if (expiresAt === 0) return { check, state: "ok", says: "The token never ends." };
  const says = `The token ends at ${new Date(expiresAt).toISOString()}.`;
  if (expiresAt - now.getTime() > soonMs) return { check, state: "ok", says };
  return { check, state: "warn", says, fix: renew };
}

function permissionFinding(scopes: readonly string[]): Finding {
  const check = "permissions";
  const missing = ["whatsapp_business_messaging", "whatsapp_business_management"].filter(
    (scope) => !scopes.includes(scope),
  );
  if (missing.length === 0) return { check, state: "ok", says: "The token may send and manage." };
  const state = missing.includes("whatsapp_business_messaging") ? "fail" : "warn";
  const fix = "Make a token with these permissions at Business settings → System users.";
  return { check, state, says: `The token lacks ${missing.join(" and ")}.`, fix };
}

function numberFindings(answer: HttpAnswer): readonly Finding[] {
  const { status, quality_rating: quality } = number.parse(readBody(answer.body) ?? {});
  const isConnected = status === undefined || status === "CONNECTED";
  const low = quality === "RED" || quality === "YELLOW";
  const seeManager = "See the number in WhatsApp Manager.";
  return [
    {
      check: "state",
      state: isConnected ? "ok" : "fail",
      says: `The number is ${status ?? "known"}.`,
      ...(isConnected ? {} : { fix: seeManager }),
    },
    ...(quality === undefined
      ? []
      : [
          {
            check: "quality",
            state: low ? "warn" : "ok",
            says: `Its quality is ${quality}.`,
            ...(low ? { fix: `${seeManager} Fewer people may be written to first.` } : {}),
          } as const,
        ]),
  ];
}

/** A version that has ended is answered by the oldest living one: https://developers.facebook.com/docs/graph-api/guides/versioning */
function versionFinding({ account }: ExamineCall, { headers }: HttpAnswer): readonly Finding[] {
  const [asked] = /v\d+\.\d+/.exec(account.apiUrl) ?? [];
  const answered = headers["facebook-api-version"];
  if (asked === undefined || answered === undefined) return [];
  const check = "version";
  if (asked === answered) return [{ check, state: "ok", says: `The Graph API ${asked} answers.` }];
  const says = `${asked} was asked and ${answered} answered: the version is retired.`;
  const fix = `Set WHATSAPP_API_URL, or the channel's own address, to ${answered} or newer.`;
  return [{ check, state: "warn", says, fix }];
}

async function subscriptionFinding(call: ExamineCall): Promise<Finding> {
  const check = "subscription";
  const { businessId } = call;
  if (businessId === undefined)
    return {
      check,
      state: "warn",
      says: "Whether the account is subscribed to the app is not known.",
      fix: "channel set ID --waba-id WABA_ID, then look again",
    };
  const path = `${encodeURIComponent(businessId)}/subscribed_apps`;
  const asked = await ask(call, path);
  if (!("answer" in asked)) return failedFinding("Meta", asked, check);
  const { data = [] } = apps.safeParse(readBody(asked.answer.body)).data ?? {};
  if (data.length > 0) return { check, state: "ok", says: "The account is subscribed to the app." };
  const says = "No app is subscribed to the account: no webhook is called.";
  return { check, state: "fail", says, fix: `POST /${path} with the token (README, step 5)` };
}

/** The number's address counts first, then the account's, then the app's: https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override */
function callbackFinding({ wanted }: ExamineCall, asked: Asked): readonly Finding[] {
  const check = "webhook";
  const told =
    "answer" in asked ? callbacks.safeParse(readBody(asked.answer.body)).data : undefined;
  const {
    phone_number: own,
    whatsapp_business_account: shared,
    application,
  } = told?.webhook_configuration ?? {};
  const url = URL.parse(own ?? shared ?? application ?? "");
  if (url === null) return [];
  const address = url.origin + url.pathname;
  if (wanted.isOurs(address)) return [{ check, state: "ok", says: `Meta posts to ${address}.` }];
  const says = `Meta posts to ${address}, which is not this channel's address.`;
  const fix = `Set ${wanted.url ?? wanted.path} as the callback URL at WhatsApp → Configuration.`;
  return [{ check, state: "warn", says, fix }];
}
