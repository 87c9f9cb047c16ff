import type { Http, HttpAnswer } from "#shared/providers/http.ts";
import type { Account } from "#shared/providers/provider.ts";

/** Whose account is asked, by what, and until when. */
export interface Caller {
  readonly http: Http;
  readonly account: Account;
  readonly signal: AbortSignal;
}

interface Route {
  readonly method: "GET" | "POST" | "PATCH";
  readonly path: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** Calls a route of the API: https://wazzup24.com/help/api-en/common-errors/ */
export const askRoute = (
  { http, account, signal }: Caller,
  { method, path, json }: Route,
): Promise<HttpAnswer> =>
  http.ask({
    method,
    url: `${account.apiUrl.replace(/\/+$/, "")}${path}`,
    headers: { authorization: `Bearer ${account.token}` },
    ...(json !== undefined && { json }),
    guarded: account.guarded,
    signal,
  });
