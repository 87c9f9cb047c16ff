import { parseCookie, stringifySetCookie } from "cookie";
import type { LoginAttempt } from "#shared/models/login-attempts.ts";
import { isSecretOf } from "#shared/runtime/secret-token.ts";

const name = "switchboard_login";

/** Binds an attempt to the browser that asked for it; a page of another site cannot send it along. */
export const writeAttempt = (secret: string, maxAgeMs: number, secure: boolean): string =>
  stringifySetCookie({
    name,
    value: secret,
    maxAge: Math.floor(maxAgeMs / 1000),
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
  });

/** Whether a `Cookie` header comes from the browser that the attempt belongs to. */
export function ownsAttempt(header: string | undefined, { hash }: LoginAttempt): boolean {
  const secret = parseCookie(header ?? "")[name];
  return secret !== undefined && isSecretOf(secret, hash);
}
