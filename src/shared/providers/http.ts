import type { Readable } from "node:stream";
import { Agent, request } from "undici";
import { createConnector } from "#shared/providers/connect.ts";
import { findFault } from "#shared/providers/guard.ts";
import { HttpFailure, describe, toFailure } from "#shared/providers/http-failure.ts";

type Headers = Readonly<Record<string, string>>;

export interface HttpCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Headers;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, in the place of `json`; of a stream a header says the length. */
  readonly body?: string | Readable;
  /** True where a user set the address. */
  readonly guarded: boolean;
  readonly signal: AbortSignal;
}

/** A GET whose answer is a file. */
export type FileCall = Pick<HttpCall, "url" | "headers" | "guarded" | "signal">;

/** The body must be read, or discarded (`fetch-file.ts`). */
export interface FileAnswer extends Omit<HttpAnswer, "body"> {
  readonly body: Readable;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The one way out to providers. No redirect is followed; every failure is an `HttpFailure`. */
export interface Http {
  ask(call: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** The same way, for files: `maxBytes` of the settings is a file's. */
export interface FileHttp extends Http {
  fetch(call: FileCall): Promise<FileAnswer>;
}

export interface HttpSettings {
  /** From the first byte out to the last byte in. */
  readonly timeoutMs: number;
  readonly maxBytes?: number;
  /** Ports that a guarded address may name besides 80 and 443. */
  readonly guardedPorts?: readonly number[];
}

const megabyte = 1024 * 1024;

/** Makes the outgoing client; nothing is connected before the first call. */
export const createHttp = (settings: HttpSettings): FileHttp => {
  const open = createAgent(settings, false);
  const guarded = createAgent(settings, true);
  const ports = [80, 443, ...(settings.guardedPorts ?? [])];

  return {
    ask: async (call) => {
      const target = readTarget(call, ports);
      const dispatcher = call.guarded ? guarded : open;
      return exchange({ call, target, dispatcher, timeoutMs: settings.timeoutMs });
    },
    fetch: async (given) => {
      const call = { ...given, method: "GET" } as const;
      const target = readTarget(call, ports);
      const dispatcher = call.guarded ? guarded : open;
      return begin({ call, target, dispatcher, timeoutMs: settings.timeoutMs });
    },
    close: async () => {
      await Promise.all([open.close(), guarded.close()]);
    },
  };
};

const createAgent = (settings: HttpSettings, isGuarded: boolean) =>
  new Agent({
    connect: createConnector({ timeoutMs: settings.timeoutMs, isGuarded }),
    allowH2: false,
    pipelining: 1,
    maxResponseSize: settings.maxBytes ?? megabyte,
    headersTimeout: 0,
    bodyTimeout: 0,
  });

const readTarget = (call: HttpCall, ports: readonly number[]): URL => {
  // The parser's own error quotes the address, and Green API's token stands in it.
  const url = URL.parse(call.url);
  if (url === null) throw new HttpFailure("before", `${call.method}: the address is not a URL`);
  const fault = call.guarded ? findFault(url, ports) : undefined;
  if (fault !== undefined)
    throw new HttpFailure("before", `${describe(call.method, url)}: ${fault}`);
  if (call.signal.aborted) {
    throw new HttpFailure("before", `${describe(call.method, url)}: given up before it was sent`);
  }
  return url;
};

interface Exchange {
  readonly call: HttpCall;
  readonly target: URL;
  readonly dispatcher: Agent;
  readonly timeoutMs: number;
}

const exchange = async (exchanged: Exchange): Promise<HttpAnswer> => {
  const { call, target, dispatcher, timeoutMs } = exchanged;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(target, {
      dispatcher,
      method: call.method,
      headers: { ...call.headers, ...(call.json !== undefined && jsonHeaders) },
      body: call.body ?? (call.json === undefined ? null : JSON.stringify(call.json)),
      signal: AbortSignal.any([call.signal, timeout]),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: flatten(answer.headers), body };
  } catch (error) {
    const what = describe(call.method, target);
    throw toFailure(error, timeout.aborted ? `${what}: no answer within ${timeoutMs} ms` : what);
  }
};

/** The timeout goes on while the body is read. */
const begin = async ({ call, target, dispatcher, timeoutMs }: Exchange): Promise<FileAnswer> => {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const headers = { ...call.headers };
    const answer = await request(target, { dispatcher, method: "GET", headers, signal });
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: answer.body,
    };
  } catch (error) {
    throw toFailure(error, describe(call.method, target));
  }
};

const jsonHeaders = { "content-type": "application/json", accept: "application/json" };

const flatten = (headers: Record<string, string | string[] | undefined>): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
