import { Agent, request } from "undici";

export interface WebhookPost {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type PostWebhook = ReturnType<typeof createPostWebhook>["post"];

/** One client for all webhooks of a simulator. `post` resolves with the status, 0 when there was none. */
export function createPostWebhook(deps: {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}) {
  const { signal, timeoutMs } = deps;
  const agent = new Agent({
    connections: 128,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });

  return {
    post: async ({ url, body, headers }: WebhookPost): Promise<number> => {
      try {
        const response = await request(url, {
          dispatcher: agent,
          method: "POST",
          body,
          headers: { "content-type": "application/json", ...headers },
          signal,
        });
        await response.body.dump();
        return response.statusCode;
      } catch {
        return 0;
      }
    },

    close: (): Promise<void> => agent.destroy(),
  };
}
