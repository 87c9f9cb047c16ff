import { randomBytes } from "node:crypto";
import { toDataURL } from "qrcode";
import { z } from "zod";
import { auditOf } from "#api/rest/audit/write-audit.ts";
import { ownsAttempt, writeAttempt } from "#api/rest/auth/attempt-cookie.ts";
import { findLoginChannel, type LoginChannel } from "#api/rest/auth/find-login-channel.ts";
import { limitPlace } from "#api/rest/auth/limit-attempts.ts";
import { beginSignIn } from "#api/rest/auth/sign-in.ts";
import { signedIn } from "#api/rest/auth/signed-in.ts";
import { byId, dateField, idField } from "#api/rest/fields.ts";
import { notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Config } from "#shared/config/env.ts";
import type { LoginAttempt } from "#shared/models/login-attempts.ts";
import { hashSecret, mintSecret } from "#shared/runtime/secret-token.ts";

const tag = "Sign-in";
const path = "/api/v1/auth/whatsapp";

const stateField = z.string().nullable().meta({
  description: "Green API's getStateInstance, `authorized` when it works; null where it has none",
});

const asked = z.strictObject({
  channel_id: idField
    .exactOptional()
    .meta({ description: "Absent: the house's own channel with sign-in" }),
});

const whereSchema = z
  .object({ channel_id: z.string(), number: z.string(), state_instance: stateField })
  .meta({ id: "WhatsappSignIn" });

const attemptSchema = z
  .object({
    id: z.string(),
    text: z.string().meta({ description: "What the phone has to send" }),
    link: z.string().meta({ description: "Opens WhatsApp with the text" }),
    qr: z.string().meta({ description: "The link as a PNG, a data: URL" }),
    number: z.string(),
    state_instance: stateField,
    expires_at: dateField,
  })
  .meta({ id: "WhatsappAttempt" });

const statusSchema = z
  .object({
    status: z.enum(["waiting", "confirmed", "refused", "used", "expired"]),
    message: z.string().nullable().meta({ description: "For the person before the page" }),
  })
  .meta({ id: "WhatsappAttemptStatus" });

const showWhere = ({ channel, number, state }: LoginChannel): z.input<typeof whereSchema> => ({
  channel_id: channel._id,
  number,
  state_instance: state,
});

/** Of this browser, or it is not there. */
async function findAttempt({ api, caller }: Call<unknown>, id: string): Promise<LoginAttempt> {
  const attempt = await api.models.loginAttempts.findById(id);
  if (attempt === null || !ownsAttempt(caller.cookie, attempt)) throw notFound("attempt");
  return attempt;
}

/** What the page shows of an attempt. */
function showStatus(
  { state, expiresAt }: LoginAttempt,
  { LOGIN_UNKNOWN_TEXT, LOGIN_EXPIRED_TEXT }: Config,
): z.input<typeof statusSchema> {
  if (state === "refused") return { status: state, message: LOGIN_UNKNOWN_TEXT };
  if (state !== "used" && expiresAt <= new Date())
    return { status: "expired", message: LOGIN_EXPIRED_TEXT };
  return { status: state, message: null };
}

export const whatsappRoutes = [
  defineRoute({
    id: "show_whatsapp_sign_in",
    method: "get",
    path,
    tag,
    summary: "The number to write to, and whether its instance is authorized",
    access: "anyone",
    input: z.object({ query: asked }),
    answer: whereSchema,
    run: async ({ api, input }) => showWhere(await findLoginChannel(api, input.query.channel_id)),
  }),
  defineRoute({
    id: "begin_whatsapp_sign_in",
    method: "post",
    path,
    tag,
    summary: "A QR code and a link for this browser; whoever sends the text from their phone is it",
    access: "anyone",
    status: 201,
    input: z.object({ query: asked }),
    answer: attemptSchema,
    run: async ({ api, caller, input, setHeader }) => {
      const { LOGIN_PREFIX, LOGIN_ATTEMPT_MS } = api.config;
      const now = new Date();
      await limitPlace(api.models.signIns, "whatsapp", caller.address, now);
      const { channel, number, state } = await findLoginChannel(api, input.query.channel_id);
      const id = randomBytes(16).toString("hex");
      const secret = mintSecret();
      const expiresAt = new Date(now.getTime() + LOGIN_ATTEMPT_MS);
      await api.models.loginAttempts.create({
        _id: id,
        schemaVersion: 1,
        tenantId: channel.tenantId,
        channelId: channel._id,
        hash: hashSecret(secret),
        state: "waiting",
        createdAt: now,
        expiresAt,
      });
      setHeader("Set-Cookie", writeAttempt(secret, LOGIN_ATTEMPT_MS, caller.isSecure));
      const text = `${LOGIN_PREFIX} ${id}`;
      const link = `https://wa.me/${number.replace("+", "")}?text=${encodeURIComponent(text)}`;
      const qr = await toDataURL(link);
      const expires = expiresAt.toISOString();
      return { id, text, link, qr, number, state_instance: state, expires_at: expires };
    },
  }),
  defineRoute({
    id: "show_whatsapp_attempt",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "What became of this browser's attempt",
    access: "anyone",
    input: z.object({ params: byId }),
    answer: statusSchema,
    run: async (call) => showStatus(await findAttempt(call, call.input.params.id), call.api.config),
  }),
  defineRoute({
    id: "finish_whatsapp_sign_in",
    method: "post",
    path: `${path}/{id}`,
    tag,
    summary: "Signs this browser in, once, when its attempt is confirmed",
    access: "anyone",
    input: z.object({ params: byId }),
    answer: signedIn,
    run: async (call) => {
      const { users, loginAttempts, audit } = call.api.models;
      const { _id, tenantId, userId = "" } = await findAttempt(call, call.input.params.id);
      const isUsed = await loginAttempts.use(tenantId, _id, new Date());
      const user = isUsed ? await users.find(tenantId, userId) : null;
      if (user === null || !user.active)
        throw new Problem(409, "This attempt is not confirmed, was used, or has run out");
      await audit.insert(auditOf(user, call.caller, { action: "login_whatsapp", status: 200 }));
      return beginSignIn(call, user);
    },
  }),
];
