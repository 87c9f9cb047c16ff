import { parseCookie, stringifySetCookie } from "cookie";
import { readToken, writeToken, type SecretToken } from "#shared/runtime/secret-token.ts";

const name = "switchboard_refresh";

/** Scripts cannot read it, and no page of another site makes a browser send it. */
export const writeRefresh = (token: SecretToken, maxAgeMs: number, isSecure: boolean): string =>
  write(writeToken("", token), maxAgeMs, isSecure);

export const clearRefresh = (isSecure: boolean): string => write("", 0, isSecure);

const write = (value: string, maxAgeMs: number, secure: boolean): string =>
  stringifySetCookie({
    name,
    value,
    maxAge: Math.floor(maxAgeMs / 1000),
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
  });

/** The token of a `Cookie` header, if it carries one that we could have made. */
export const readRefresh = (header: string | undefined): SecretToken | undefined =>
  readToken("", parseCookie(header ?? "")[name] ?? "");
