import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import type { Express, RequestHandler } from "express";
import { z } from "zod";
import type { Queues } from "#shared/queues/open-queues.ts";

/** The queues' pages. Jobs show as ids, whatever they carry. */
export function createBoard(path: string, queues: Queues, mayWrite: boolean): RequestHandler {
  const server = new ExpressAdapter();
  server.setBasePath(path);
  createBullBoard({
    serverAdapter: server,
    queues: Object.values(queues).map((queue) => createAdapter(queue, mayWrite)),
    options: { uiConfig: { boardTitle: "Switchboard" } },
  });
  const board: Express = server.getRouter();
  board.disable("x-powered-by");
  return board;
}

/** Bull Board's page names a web font of another host: nobody there may learn who works here. */
export const loadFromHereOnly: RequestHandler = (_request, response, next) => {
  response.set("Content-Security-Policy", policy);
  next();
};

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** What waits in `webhooks` was acknowledged to a provider: nobody may edit or remove it here. */
function createAdapter(queue: Queues["webhooks"], mayWrite: boolean): BullMQAdapter {
  const readOnlyMode = !mayWrite || queue.name === "webhooks";
  const adapter = new BullMQAdapter(queue, { readOnlyMode });
  adapter.setFormatter("data", showId);
  adapter.setFormatter("returnValue", () => undefined);
  adapter.setFormatter("progress", () => undefined);
  return adapter;
}

const withId = z.object({ id: z.string() });

function showId(data: unknown): { readonly id: string } {
  const parsed = withId.safeParse(data);
  return { id: parsed.success ? parsed.data.id : "" };
}
