import type { Http, HttpAnswer } from "#shared/providers/http.ts";
import type { Account } from "#shared/providers/provider.ts";

/** One call of the API; without `json` it is a GET. */
export interface Request {
  readonly path: string;
  readonly json?: Readonly<Record<string, unknown>>;
  /** Carries the token in the place of X-ACCESS-TOKEN. */
  readonly header?: string | undefined;
}

interface Caller {
  readonly http: Http;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** https://api.chatrace.com/swagger/ ; white-label installations have other addresses. */
export const ask = (caller: Caller, { path, json, header }: Request): Promise<HttpAnswer> => {
  const { http, account, signal } = caller;
  const { token, guarded } = account;
  const name = header ?? "X-ACCESS-TOKEN";
  const value = name.toLowerCase() === "authorization" ? `Bearer ${token}` : token;
  return http.ask({
    method: json === undefined ? "GET" : "POST",
    url: account.apiUrl.replace(/\/+$/, "") + path,
    headers: { [name]: value, accept: "application/json" },
    ...(json !== undefined && { json }),
    guarded,
    signal,
  });
};
