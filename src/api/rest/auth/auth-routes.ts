import { z } from "zod";
import { limitAttempts } from "#api/rest/auth/limit-attempts.ts";
import { clearRefresh } from "#api/rest/auth/refresh-cookie.ts";
import { beginSignIn, continueSignIn, findSignIn } from "#api/rest/auth/sign-in.ts";
import { auditOf } from "#api/rest/audit/write-audit.ts";
import { done, ok, passwordField } from "#api/rest/fields.ts";
import { invalid, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { invitePrefix } from "#api/rest/team/invite.ts";
import { showUser, userSchema } from "#api/rest/team/show-user.ts";
import type { User } from "#shared/models/users.ts";
import { hashPassword, provesPassword } from "#shared/runtime/password.ts";
import { isSecretOf, readToken } from "#shared/runtime/secret-token.ts";

const tag = "Sign-in";
const nothing = z.object({});

const signedIn = z
  .object({
    accessToken: z.string(),
    expires_in: z.int().positive().meta({ description: "Seconds; then POST /api/v1/auth/refresh" }),
  })
  .meta({ id: "SignedIn" });

const credentials = z.strictObject({
  email: z.string().trim().toLowerCase().min(1).max(254),
  password: z.string().min(1).max(200).meta({ format: "password" }),
});
type Credentials = z.output<typeof credentials>;

/** One answer for an unknown address, a wrong password and a closed account, and as much work. */
async function signIn(call: Call<{ body: Credentials }>) {
  const { api, caller, input } = call;
  const { email, password } = input.body;
  const { signIns, users, audit } = api.models;
  const attempts = await limitAttempts(signIns, email, caller.address, new Date());
  const user = await users.findByEmail(email);
  const isProven = await provesPassword(password, user?.passwordHash);
  if (user === null || !isProven || !user.active) {
    // Beside the answer: a write that it waited for would tell that the address is known.
    if (user !== null) {
      const entry = auditOf(user, caller, { action: "login", status: 401 });
      api.background.run("audit", () => audit.insert(entry));
    }
    throw new Problem(401, "The address or the password is wrong");
  }
  await attempts.succeed();
  await audit.insert(auditOf(user, caller, { action: "login", status: 200 }));
  return beginSignIn(call, user);
}

const login = {
  method: "post",
  tag,
  access: "anyone",
  input: z.object({ body: credentials }),
  answer: signedIn,
  run: signIn,
} as const;

const signInAgain = (): Problem => new Problem(401, "The sign-in has ended: sign in again");

/** The user who asks; API keys have no password and no sign-ins. */
async function findSelf({ api, identity }: Call<unknown>): Promise<User> {
  const user =
    identity.kind === "user" ? await api.models.users.find(identity.tenantId, identity.id) : null;
  if (user === null) throw new Problem(403, "Only a person who signed in may do this");
  return user;
}

async function endEverywhere({ api }: Call<unknown>, user: User): Promise<User> {
  const { users, signIns } = api.models;
  const raised = await users.raiseGeneration(user.tenantId, user._id);
  await signIns.endAll(user.tenantId, user._id);
  return raised ?? user;
}

export const authRoutes = [
  defineRoute({
    ...login,
    id: "login",
    path: "/api/v1/auth/login",
    summary: "Signs in: an access token for the header, a refresh token in a cookie",
  }),
  defineRoute({
    ...login,
    id: "login_short",
    path: "/auth/login",
    summary: "The same at the documented address",
  }),
  defineRoute({
    id: "refresh",
    method: "post",
    path: "/api/v1/auth/refresh",
    tag,
    summary: "The next access token; the refresh token of the cookie is replaced",
    access: "anyone",
    input: nothing,
    answer: signedIn,
    run: async (call) => {
      const answered = await continueSignIn(call);
      if (answered !== undefined) return answered;
      call.setHeader("Set-Cookie", clearRefresh(call.caller.isSecure));
      throw signInAgain();
    },
  }),
  defineRoute({
    id: "logout",
    method: "post",
    path: "/api/v1/auth/logout",
    tag,
    summary: "Ends this browser's sign-in",
    access: "anyone",
    input: nothing,
    answer: done,
    run: async ({ api, caller, setHeader }) => {
      const shown = await findSignIn(api, caller.cookie);
      if (shown !== undefined && shown.isCurrent) {
        const { signIn: found, user } = shown;
        await api.models.signIns.end(found.tenantId, found._id);
        await api.models.audit.insert(auditOf(user, caller, { action: "logout", status: 200 }));
      }
      setHeader("Set-Cookie", clearRefresh(caller.isSecure));
      return ok;
    },
  }),
  defineRoute({
    id: "logout_everywhere",
    method: "post",
    path: "/api/v1/auth/logout-everywhere",
    tag,
    summary: "Ends all sign-ins of this user; every token is worth nothing at once",
    access: "signed-in",
    input: nothing,
    answer: done,
    run: async (call) => {
      await endEverywhere(call, await findSelf(call));
      call.setHeader("Set-Cookie", clearRefresh(call.caller.isSecure));
      return ok;
    },
  }),
  defineRoute({
    id: "change_password",
    method: "post",
    path: "/api/v1/auth/password",
    tag,
    summary: "Sets a new password and ends every other sign-in",
    access: "signed-in",
    input: z.object({
      body: z.strictObject({
        current_password: z.string().min(1).max(200).meta({ format: "password" }),
        new_password: passwordField,
      }),
    }),
    answer: signedIn,
    run: async (call) => {
      const { api, caller, input } = call;
      const user = await findSelf(call);
      const { current_password: current, new_password: next } = input.body;
      const attempts = await limitAttempts(
        api.models.signIns,
        user._id,
        caller.address,
        new Date(),
      );
      if (!(await provesPassword(current, user.passwordHash)))
        throw invalid([{ field: "current_password", message: "is not the present one" }]);
      await attempts.succeed();
      const passwordHash = await hashPassword(next);
      await api.models.users.update(user.tenantId, user._id, { passwordHash });
      return beginSignIn(call, await endEverywhere(call, user));
    },
  }),
  defineRoute({
    id: "accept_invite",
    method: "post",
    path: "/api/v1/auth/accept-invite",
    tag,
    summary: "Takes an invitation: sets the password, once, and signs in",
    access: "anyone",
    input: z.object({
      body: z.strictObject({ token: z.string().min(1).max(200), password: passwordField }),
    }),
    answer: signedIn,
    run: async (call) => {
      const { api, caller, input } = call;
      const { users, signIns, audit } = api.models;
      const token = readToken(invitePrefix, input.body.token);
      const attempts = await limitAttempts(signIns, token?.id ?? "", caller.address, new Date());
      const user = token === undefined ? null : await users.findById(token.id);
      if (token === undefined || user === null || !isInvited(user, token.secret)) throw noInvite();
      if (!(await users.takeInvite(user, await hashPassword(input.body.password))))
        throw noInvite();
      await attempts.succeed();
      await signIns.endAll(user.tenantId, user._id);
      await audit.insert(auditOf(user, caller, { action: "accept_invite", status: 200 }));
      return beginSignIn(call, (await users.find(user.tenantId, user._id)) ?? user);
    },
  }),
  defineRoute({
    id: "show_self",
    method: "get",
    path: "/api/v1/auth/me",
    tag,
    summary: "Who is asking: a user or an API key, and what they may",
    access: "signed-in",
    input: nothing,
    answer: z.object({
      kind: z.enum(["user", "api_key"]),
      id: z.string(),
      name: z.string(),
      tenant_id: z.string(),
      scopes: z.array(z.string()),
      user: userSchema.nullable(),
    }),
    run: async ({ api, identity }) => {
      const { kind, id, name, tenantId, scopes } = identity;
      const user = kind === "user" ? await api.models.users.find(tenantId, id) : null;
      return {
        kind,
        id,
        name,
        tenant_id: tenantId,
        scopes: [...scopes],
        user: user === null ? null : showUser(user),
      };
    },
  }),
];

const isInvited = ({ invite, active }: User, secret: string): boolean =>
  active &&
  invite !== undefined &&
  invite.expiresAt > new Date() &&
  isSecretOf(secret, invite.hash);

const noInvite = (): Problem =>
  invalid([
    {
      field: "token",
      message: "is no invitation, or it was used or has run out: ask for a new one",
    },
  ]);
