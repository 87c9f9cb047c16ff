import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly body: unknown;
}

/** A webhook endpoint that keeps what it got and answers the given statuses first, then 200. */
export async function receiveWebhooks(...statuses: number[]) {
  const all: Received[] = [];
  const listeners = new Set<() => void>();
  const keep = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await buffer(request);
    const body: unknown = JSON.parse(raw.toString());
    all.push({ headers: request.headers, raw, body });
    for (const listener of listeners) listener();
    response.writeHead(statuses.shift() ?? 200).end();
  };
  const server = createServer((request, response) => void keep(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());

  return {
    url: `http://127.0.0.1:${port}/hook`,
    all,
    /** Resolves as soon as this is true of what arrived; the test's own timeout ends the wait. */
    async until(isEnough: () => boolean): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (isEnough()) resolve();
      };
      listeners.add(look);
      look();
      await promise;
      listeners.delete(look);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const statusBody = z.object({
  entry: z.array(
    z.object({
      changes: z.array(
        z.object({
          value: z.object({
            statuses: z
              .array(
                z.looseObject({
                  id: z.string(),
                  status: z.string(),
                  biz_opaque_callback_data: z.string().optional(),
                  errors: z.array(z.looseObject({ code: z.number() })).optional(),
                }),
              )
              .default([]),
          }),
        }),
      ),
    }),
  ),
});

/** All receipts in what Meta's double posted, in the order of their arrival. */
export function statusesIn(all: readonly Received[]) {
  return all
    .flatMap(({ body }) => statusBody.parse(body).entry)
    .flatMap(({ changes }) => changes)
    .flatMap(({ value }) => value.statuses);
}

const notification = z.looseObject({
  typeWebhook: z.string(),
  status: z.string().optional(),
  idMessage: z.string().optional(),
});

/** The notifications that Green API's double posted. */
export function notificationsIn(all: readonly Received[]) {
  return all.map(({ body }) => notification.parse(body));
}
