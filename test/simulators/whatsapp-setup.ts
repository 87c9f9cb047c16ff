import { onTestFinished } from "vitest";
import type { WhatsappOptions } from "#simulators/whatsapp/options.ts";
import {
  createWhatsappSimulator,
  type WhatsappSimulator,
} from "#simulators/whatsapp/create-simulator.ts";
import { receiveWebhooks } from "./receive-webhooks.ts";

export const customer = "447700900123";

/** A simulator and a webhook endpoint of this test's own; the customer's window is open. */
export async function startWhatsapp(options: WhatsappOptions = {}, ...statuses: number[]) {
  const hook = await receiveWebhooks(...statuses);
  const simulator = await createWhatsappSimulator({ webhookUrl: hook.url, ...options });
  onTestFinished(async () => {
    await simulator.close();
    await hook.close();
  });
  simulator.noteInbound(customer);
  return { simulator, hook };
}

interface Posted {
  readonly body?: object;
  readonly token?: string;
  readonly number?: string;
}

/** `POST /:number/messages`; a text to the customer with the given fields changed. */
export function post(simulator: WhatsappSimulator, { body = {}, token, number }: Posted = {}) {
  const text = { messaging_product: "whatsapp", to: customer, type: "text", text: { body: "Hi" } };
  return fetch(`${simulator.url}/v23.0/${number ?? "100000000000001"}/messages`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token ?? "demo-whatsapp-token"}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ ...text, ...body }),
    signal: AbortSignal.timeout(10_000),
  });
}

/** HTTP status and the Graph API's code. */
export async function refusal(response: Response): Promise<readonly [number, unknown]> {
  const body: unknown = await response.json();
  const error: unknown = Reflect.get(Object(body), "error");
  return [response.status, Reflect.get(Object(error), "code")];
}

export function get(simulator: WhatsappSimulator, path: string) {
  return fetch(`${simulator.url}${path}`, {
    headers: { authorization: "Bearer demo-whatsapp-token" },
  });
}
