import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { eventually } from "./eventually.ts";

const event = z.looseObject({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.looseObject({ conversation_id: z.string().optional() }),
});

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface ReceiverAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** In the place of JSON. */
  readonly text?: string;
  /** The connection is closed in the place of an answer. */
  readonly cut?: true;
}

/** An outside system: remembers each request and answers as the test says; the n-th counts from 1. */
export async function startReceiver(
  answer: (
    received: Received,
    count: number,
  ) => ReceiverAnswer | Promise<ReceiverAnswer> = () => ({}),
) {
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await buffer(request)).toString();
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body };
    received.push(one);
    const {
      status = 200,
      headers: more = {},
      json = {},
      text,
      cut,
    } = await answer(one, received.length);
    if (cut === true) request.destroy();
    else response.writeHead(status, more).end(text ?? JSON.stringify(json));
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => request.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    received,
    /** The events that it took, in order of arrival, repeats among them. */
    events: () => received.map(({ body }) => event.parse(JSON.parse(body))),
    waitFor: (count: number, ms = 15_000) =>
      eventually(() => {
        if (received.length < count) throw new Error(`${received.length} of ${count} came`);
        return received;
      }, ms),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As the specification says, by another hand: https://www.standardwebhooks.com */
export function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["webhook-signature"]).split(" ").includes(expected);
}
