import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { answerAsks } from "./answer-asks.ts";
import { clock } from "./clock.ts";
import type { Reply } from "./reply.ts";

/** Green API as light as it gets: takes every sendMessage after the latency, and keeps what it took. */
const sendMessage = z.object({ chatId: z.string(), message: z.string() });
let replies: Reply[] = [];
let latencyMs = 0;
let taken = 0;

const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => take(request, response, Buffer.concat(chunks).toString()));
});

function take(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (request.url?.includes("/sendMessage/") !== true) {
    response.writeHead(404).end();
    return;
  }
  const { chatId, message } = sendMessage.parse(JSON.parse(body));
  replies.push({ chatId, text: message, at: clock() });
  taken += 1;
  const answer = JSON.stringify({ idMessage: `BENCH${process.pid}${taken}` });
  const send = (): void => {
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  };
  if (latencyMs === 0) send();
  else setTimeout(send, latencyMs);
}

answerAsks({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(server.address()));
    }),
  reset: (input) => {
    latencyMs = z.object({ latencyMs: z.number() }).parse(input).latencyMs;
    replies = [];
  },
  count: () => replies.length,
  replies: () => replies,
});
