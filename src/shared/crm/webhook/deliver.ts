import type { DeliverCall, Delivered } from "#shared/crm/connector.ts";
import { signWebhook } from "./sign.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import { readRetryAfter } from "#shared/providers/outcomes.ts";

/** One attempt: what is signed is what is sent, byte by byte. */
export async function deliver(call: DeliverCall): Promise<Delivered> {
  const { http, url, guarded, secrets, id, event, now, signal } = call;
  if (secrets.length === 0) return { kind: "failed", reason: "it has no secret to sign with" };
  const body = JSON.stringify(event);
  const timestamp = Math.floor(now / 1000);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signWebhook({ id, timestamp, body }, secrets),
  };
  try {
    const answer = await http.ask({ method: "POST", url, headers, body, guarded, signal });
    return sort(answer.status, answer.headers["retry-after"]);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "failed", reason: error.message };
  }
}

const goneStatus = 410;

/** Redirects are not followed: whoever moved says so by the connection's address. */
function sort(status: number, retryAfter: string | undefined): Delivered {
  if (status >= 200 && status < 300) return { kind: "taken", status };
  const reason = `the receiver answered ${status}`;
  if (status === goneStatus) return { kind: "gone", reason, status };
  const retryAfterMs = readRetryAfter(retryAfter);
  return {
    kind: "failed",
    reason,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
