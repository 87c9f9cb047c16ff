import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A provider that repeats in its answers whatever it was sent, tokens too; the message's text says how. */
export async function startEchoingProvider() {
  const server = createServer((request, response) => {
    text(request)
      .then((body) => answer(request, response, body))
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  let taken = 0;

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const echo = `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
    const how = /say-(\w+)/.exec(body)?.[1] ?? "ok";
    if (how === "drop") {
      request.socket.destroy();
      return;
    }
    const send = (status: number, content: object | string): void => {
      response.writeHead(status, {
        "x-echo": encodeURIComponent(echo),
        location: request.url ?? "",
      });
      response.end(typeof content === "string" ? content : JSON.stringify(content));
    };
    const fault = {
      message: echo,
      error: { code: 131_009, message: echo, type: echo, error_data: { details: echo } },
    };
    if (request.url?.endsWith("/channels") === true) send(200, [describeChannel(echo)]);
    else if (how === "refused") send(400, fault);
    else if (how === "denied") send(401, { ...fault, error: { ...fault.error, code: 190 } });
    else if (how === "failed") send(500, fault);
    else if (how === "elsewhere") send(302, echo);
    else if (how === "page") send(404, `<html>Cannot ${echo}</html>`);
    else if (how === "unheard") send(200, echo);
    else {
      taken += 1;
      const messages = [{ id: `wamid.ECHO${taken}` }];
      send(200, { success: true, idMessage: `ECHO${taken}`, messageId: `ECHO${taken}`, messages });
    }
  }
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whoever sends through Wazzup24 asks for it first. */
const describeChannel = (plainId: string) => ({
  channelId: "11111111-1111-4111-8111-111111111111",
  transport: "whatsapp",
  state: "active",
  plainId,
});

/** Every way in which it answers. */
export const manners = [
  "ok",
  "refused",
  "denied",
  "failed",
  "elsewhere",
  "page",
  "unheard",
  "drop",
] as const;
