import { ulid } from "ulid";
import type { ApiDeps } from "#api/deps.ts";
import { createAccessTokens } from "#api/rest/auth/access-token.ts";
import { readRefresh, writeRefresh } from "#api/rest/auth/refresh-cookie.ts";
import type { Call } from "#api/rest/route.ts";
import type { SignIn } from "#shared/models/sign-ins.ts";
import type { User } from "#shared/models/users.ts";
import { hashSecret, isSecretOf, mintSecret } from "#shared/runtime/secret-token.ts";

/** What signing in answers; the refresh token goes by cookie. */
export interface SignedIn {
  readonly accessToken: string;
  readonly expires_in: number;
}

type Asked = Omit<Call<unknown>, "input" | "identity">;

/** Begins a family of refresh tokens for this browser. */
export async function beginSignIn(call: Asked, user: User): Promise<SignedIn> {
  const { api, caller } = call;
  const now = new Date();
  const id = ulid().toLowerCase();
  const secret = mintSecret();
  await api.models.signIns.create({
    _id: id,
    tenantId: user.tenantId,
    userId: user._id,
    generation: user.generation,
    hash: hashSecret(secret),
    rotatedAt: now,
    createdAt: now,
    address: caller.address,
    userAgent: caller.userAgent,
    expiresAt: expiryOf(api, now),
  });
  await api.models.users.update(user.tenantId, user._id, { signedInAt: now });
  setCookie(call, { id, secret });
  return answerToken(api, user, now);
}

/** Two tabs of one browser share the cookie and may both come with the token of a moment ago. */
const overlapMs = 10_000;

/**
 * The next access token, and the next refresh token in the cookie. A refresh token that was used
 * before has been stolen by somebody: the whole family ends. Undefined: sign in again.
 */
export async function continueSignIn(call: Asked): Promise<SignedIn | undefined> {
  const { api, caller } = call;
  const shown = await findSignIn(api, caller.cookie);
  if (shown === undefined) return undefined;
  const { signIn, user, isCurrent, secret } = shown;
  const now = new Date();
  if (isCurrent) {
    const next = mintSecret();
    const expiresAt = expiryOf(api, now);
    if (await api.models.signIns.rotate(signIn, hashSecret(next), now, expiresAt)) {
      setCookie(call, { id: signIn._id, secret: next });
      return answerToken(api, user, now);
    }
  }
  if (await isOfAMomentAgo(api, signIn, secret, now)) return answerToken(api, user, now);
  await api.models.signIns.end(signIn.tenantId, signIn._id);
  api.log.warn({ event: "sign-in.reused", userId: user._id, address: caller.address });
  return undefined;
}

/** Read anew: another request may have rotated it since. */
async function isOfAMomentAgo(
  { models }: ApiDeps,
  { _id }: SignIn,
  secret: string,
  now: Date,
): Promise<boolean> {
  const signIn = await models.signIns.findById(_id);
  if (signIn?.previousHash === undefined) return false;
  const age = now.getTime() - signIn.rotatedAt.getTime();
  return age < overlapMs && isSecretOf(secret, signIn.previousHash);
}

/** The living sign-in that a cookie names, and whether it shows the token that is good now. */
export async function findSignIn(
  { models }: Pick<ApiDeps, "models">,
  cookie: string | undefined,
): Promise<
  | {
      readonly signIn: SignIn;
      readonly user: User;
      readonly isCurrent: boolean;
      readonly secret: string;
    }
  | undefined
> {
  const token = readRefresh(cookie);
  const signIn = token === undefined ? null : await models.signIns.findById(token.id);
  if (token === undefined || signIn === null || signIn.expiresAt <= new Date()) return undefined;
  const user = await models.users.find(signIn.tenantId, signIn.userId);
  if (user === null || !user.active || user.generation !== signIn.generation) return undefined;
  return { signIn, user, isCurrent: isSecretOf(token.secret, signIn.hash), secret: token.secret };
}

const expiryOf = ({ config }: ApiDeps, now: Date): Date =>
  new Date(now.getTime() + config.SIGN_IN_KEPT_MS);

const setCookie = (
  { api, caller, setHeader }: Asked,
  token: { readonly id: string; readonly secret: string },
): void =>
  setHeader("Set-Cookie", writeRefresh(token, api.config.SIGN_IN_KEPT_MS, caller.isSecure));

async function answerToken({ config }: ApiDeps, user: User, now: Date): Promise<SignedIn> {
  const accessToken = await createAccessTokens(config).mint(user, now);
  return { accessToken, expires_in: Math.floor(config.ACCESS_TOKEN_MS / 1000) };
}
