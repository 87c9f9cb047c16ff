import { graphErrors } from "./graph-errors.ts";
import type { OutgoingMessage } from "./read-message.ts";
import { isUserId } from "./webhook-body.ts";

export type StatusName = "sent" | "delivered" | "read" | "failed";

interface Given {
  readonly name: StatusName;
  readonly id: string;
  readonly message: OutgoingMessage;
  readonly code: number | string | undefined;
  readonly nowMs: number;
}

/** One element of `statuses[]`, with the callback data of its send. */
export function describeStatus({ name, id, message, code, nowMs }: Given) {
  const { to, callbackData, content } = message;
  return {
    id,
    status: name,
    timestamp: String(Math.floor(nowMs / 1000)),
    ...(isUserId(to) ? { recipient_user_id: to } : { recipient_id: to }),
    ...(callbackData === null ? {} : { biz_opaque_callback_data: callbackData }),
    ...(name === "failed"
      ? { errors: [describeFailure(Number(code))] }
      : { pricing: describePricing(content.type) }),
  };
}

function describeFailure(code: number) {
  const [, title, details] = graphErrors.get(code) ?? [400, "Unknown error", "Unknown error."];
  const href = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
  return { code, title, message: title, error_data: { details }, href };
}

function describePricing(type: string) {
  return type === "template"
    ? { billable: true, pricing_model: "PMP", type: "regular", category: "utility" }
    : { billable: false, pricing_model: "PMP", type: "free_customer_service", category: "service" };
}
