import fc from "fast-check";

/** A request of another kind than a webhook. */
export interface OddRequest {
  readonly method: string;
  readonly path: string;
  /** Whether it proves the operators' password. */
  readonly isOperator: boolean;
}

const methods = fc.oneof(
  { weight: 6, arbitrary: fc.constant("GET") },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "HEAD",
      "PUT",
      "PATCH",
      "DELETE",
      "OPTIONS",
      "TRACE",
      "POST",
      "PURGE",
    ),
  },
);

const paths = fc.constantFrom(
  "/",
  "/webhook",
  "/processConversation",
  "/api/webhooks/wazzup24",
  "/instagram/webhook",
  "/instagram/config",
  "/api/v1/webhooks/wazzup24/wazzup",
  "/api/v1/webhooks/whatsapp",
  "/api/v1/webhooks/green-api/green",
  "/api/v1/webhooks/__proto__/x",
  "/api/v1/webhooks/toString/x",
  "/api/v1/webhooks/green-api/%E0%A4%A",
  "/api/v1/webhooks/green-api/..%2f..%2fetc%2fpasswd",
  "/health/live",
  "/health/ready",
  "/health",
  "/metrics",
  "/ops/queues",
  "/ops/queues/",
  "/ops/queues/api/queues",
  "/ops/queues/api/redis/stats",
  "/ops/queues/api/queues/webhooks",
  "/ops/queues/api/queues/nobody",
  "/ops/queues/api/queues/__proto__",
  "/ops/queues/api/queues/conversations/1",
  "/ops/queues/api/queues/conversations/%00",
  "/ops/queues/api/queues/conversations/1/logs",
  "/ops/queues/api/queues/conversations/1/retry",
  "/ops/queues/api/queues/conversations/clean/all",
  "/ops/queues/api/queues/conversations/pause",
  "/ops/queues/api/queues/conversations/add",
  "/ops/queues/api/queues/conversations/empty",
  "/ops/queues/queue/webhooks",
  "/ops/queues/static/../../../../etc/passwd",
  "/ops/queues/static/..%2f..%2f..%2fpackage.json",
  "/ops/queues/%c0%ae%c0%ae/",
  "/.env",
  "//example.com/%2f..",
  `/${"a".repeat(8000)}`,
);

const texts = fc.constantFrom(
  "",
  "subscribe",
  "__proto__",
  "constructor",
  "toString",
  "-1",
  "1e9",
  "NaN",
  "99999999999999999999",
  "%00",
  "%ff",
  "[]",
  "$ne",
  "webhooks",
  "conversations",
  "waiting",
  "completed",
  "%0d%0aX-Injected:%201",
);

const names = fc.constantFrom(
  "hub.mode",
  "hub.verify_token",
  "hub.challenge",
  "hub.mode[$ne]",
  "activeQueue",
  "status",
  "page",
  "jobsPerPage",
  "__proto__",
  "constructor[prototype][x]",
  "",
  "%00",
);

const queries = fc
  .array(fc.tuple(names, texts), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`));

/** Every other route, by every method, with odd queries. */
export const oddRequests: fc.Arbitrary<OddRequest> = fc.record({
  method: methods,
  path: fc.tuple(paths, queries).map(([path, query]) => path + query),
  isOperator: fc.boolean(),
});
