import { onTestFinished } from "vitest";
import {
  createGreenApiSimulator,
  type GreenApiSimulator,
} from "#simulators/green-api/create-simulator.ts";
import type { GreenApiOptions } from "#simulators/green-api/options.ts";
import { receiveWebhooks } from "./receive-webhooks.ts";

export const chatId = "447700900123@c.us";

/** A simulator and a webhook endpoint of this test's own. */
export async function startGreenApi(options: GreenApiOptions = {}, ...statuses: number[]) {
  const hook = await receiveWebhooks(...statuses);
  const simulator = await createGreenApiSimulator({
    webhookUrl: hook.url,
    webhookRetryMs: 5,
    statusGapMs: 1,
    ...options,
  });
  onTestFinished(async () => {
    await simulator.close();
    await hook.close();
  });
  return { simulator, hook };
}

interface Call {
  readonly verb?: string;
  readonly body?: object;
  readonly token?: string;
  readonly idInstance?: string;
  /** What follows the token: a receipt id or a query. */
  readonly rest?: string;
}

/** `/waInstance{id}/{method}/{token}`; POST with a body, GET without. */
export function call(simulator: GreenApiSimulator, method: string, given: Call = {}) {
  const { body, token = "demo-green-token", idInstance = "1101999001", rest = "" } = given;
  const verb = given.verb ?? (body === undefined ? "GET" : "POST");
  return fetch(`${simulator.url}/waInstance${idInstance}/${method}/${token}${rest}`, {
    method: verb,
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
}

export function sendText(simulator: GreenApiSimulator, message: string) {
  return call(simulator, "sendMessage", { body: { chatId, message } });
}
