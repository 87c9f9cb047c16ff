import type { HttpAnswer, Http } from "#shared/providers/http.ts";
import type { Account } from "#shared/providers/provider.ts";

/** One method of the API; without `json` it is a GET. */
export interface Method {
  readonly name: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

interface Caller {
  readonly http: Http;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** Calls a method. The token is part of the path: no message may quote the address. */
export const askMethod = (caller: Caller, { name, json }: Method): Promise<HttpAnswer> => {
  const { http, account, signal } = caller;
  const base = account.apiUrl.replace(/\/+$/, "");
  const instance = encodeURIComponent(account.externalId);
  const token = encodeURIComponent(account.token);
  return http.ask({
    method: json === undefined ? "GET" : "POST",
    url: `${base}/waInstance${instance}/${name}/${token}`,
    ...(json !== undefined && { json }),
    guarded: account.guarded,
    signal,
  });
};
