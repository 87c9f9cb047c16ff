import type { HttpAnswer, Http } from "#shared/providers/http.ts";
import type { Account } from "#shared/providers/provider.ts";

/** One method of the API; without `json` it is a GET. */
export interface Method {
  readonly name: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** The few that are asked in another way. */
export interface Question extends Method {
  readonly verb?: "DELETE";
  /** What follows the token: a path segment or a query. */
  readonly rest?: string;
}

export interface Caller {
  readonly http: Http;
  readonly account: Account;
  readonly signal: AbortSignal;
}

/** Calls a method. The token is part of the path: no message may quote the address. */
export const askMethod = (caller: Caller, question: Question): Promise<HttpAnswer> => {
  const { http, account, signal } = caller;
  const { name, json, verb, rest = "" } = question;
  const base = account.apiUrl.replace(/\/+$/, "");
  const instance = encodeURIComponent(account.externalId);
  const token = encodeURIComponent(account.token);
  return http.ask({
    method: verb ?? (json === undefined ? "GET" : "POST"),
    url: `${base}/waInstance${instance}/${name}/${token}${rest}`,
    ...(json !== undefined && { json }),
    guarded: account.guarded,
    signal,
  });
};
