import { Refusal } from "#simulators/refusal.ts";

// https://green-api.com/en/docs/api/common-errors
export const refuseToken = () => new Refusal(401, { message: "Unauthorized" });
export const refuseInstance = () => new Refusal(403, "Forbidden");
export const refuseMethod = () => new Refusal(404, { message: "Not Found" });
export const refuse400 = (message: string) => new Refusal(400, { message });

export function refuseRate(retryAfterSeconds: number | null): Refusal {
  const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  return new Refusal(429, "Too Many Requests", headers);
}

export function refuseServer(status: number): Refusal {
  if (status === 500) return new Refusal(500, { message: "Internal Server Error" });
  const title = status === 502 ? "502 Bad Gateway" : "503 Service Temporarily Unavailable";
  return new Refusal(status, `<html><body>${title}</body></html>`);
}

/** https://green-api.com/en/docs/api/466-error-example-body: the body says QUOTE, the webhook QUOTA. */
export function refuseQuota(method: string, chatId: string): Refusal {
  return new Refusal(466, {
    invokeStatus: { method: method.toLowerCase(), used: 67, total: 0, status: "QUOTE_ALLOWED" },
    correspondentsStatus: {
      method: "correspondents",
      used: 3,
      total: 3,
      status: "CORRESPONDENTS_QUOTE_EXCEEDED",
      description: `Monthly quota has been exceeded. You can only send or receive messages from these numbers, not ${chatId}.`,
    },
  });
}

export function refuseInvalid(idInstance: string, method: string, details: string): Refusal {
  return new Refusal(400, {
    statusCode: 400,
    timestamp: new Date().toISOString(),
    path: `/waInstance${idInstance}/${method}/<token>`,
    message: `Validation failed. Details: ${details}`,
  });
}
