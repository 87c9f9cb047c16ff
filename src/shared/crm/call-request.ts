import { pickValues } from "#shared/crm/pick-values.ts";
import type { HttpRequest } from "#shared/domain/crm.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import type { Http } from "#shared/providers/http.ts";
import { parseBody } from "#shared/providers/parse-body.ts";

export type Called =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly isOk: boolean;
      readonly values: Readonly<Record<string, string>>;
      readonly reason?: string;
    }
  /** Surely not taken. */
  | { readonly kind: "unreached"; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

interface RequestCall {
  readonly http: Http;
  readonly request: HttpRequest;
  readonly guarded: boolean;
  readonly signal: AbortSignal;
}

/** A scenario's call, once; only a 2xx answer with what the scenario wants to read is ok. */
export async function callRequest(call: RequestCall): Promise<Called> {
  const { http, request, guarded, signal } = call;
  const { method, url, headers, body } = request;
  try {
    const answer = await http.ask({
      method,
      url,
      headers: { ...(body === undefined ? {} : jsonType), ...headers },
      ...(body === undefined ? {} : { body }),
      guarded,
      signal,
    });
    return readAnswer(request, answer.status, answer.body);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const kind = error.phase === "before" ? "unreached" : "unknown";
    return { kind, reason: error.message };
  }
}

const jsonType = { "content-type": "application/json" };

/** Whether a call whose outcome is unknown may go again. */
export const mayRepeat = ({ method, repeat }: HttpRequest): boolean =>
  method === "GET" || repeat === "safe";

function readAnswer({ saveAs }: HttpRequest, status: number, body: Buffer): Called {
  if (status < 200 || status >= 300)
    return { kind: "answered", status, isOk: false, values: {}, reason: `answered ${status}` };
  if (Object.keys(saveAs).length === 0) return { kind: "answered", status, isOk: true, values: {} };
  const parsed = parseBody(body);
  if ("parked" in parsed)
    return { kind: "answered", status, isOk: false, values: {}, reason: parsed.parked };
  return { kind: "answered", status, isOk: true, values: pickValues(parsed.body, saveAs) };
}
