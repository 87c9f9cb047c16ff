/**
 * No answer from the provider. `before`: surely no byte of the request reached it (refused, DNS, TLS,
 * guard). `after`: it may have. Messages name the host only, for paths and queries carry tokens.
 */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly phase: "before" | "after";

  constructor(phase: "before" | "after", message: string, options?: ErrorOptions) {
    super(message, options);
    this.phase = phase;
  }
}

/** How an attempt is named in messages: method and origin. */
export const describe = (method: string, url: URL): string => `${method} ${url.origin}`;

/** What was thrown during a call, as a failure; whatever is not surely `before` is `after`. */
export const toFailure = (error: unknown, what: string): HttpFailure => {
  if (error instanceof HttpFailure) return error;
  // undici checks a request's headers before it dispatches it.
  const phase = readCode(error) === "UND_ERR_INVALID_ARG" ? "before" : "after";
  return new HttpFailure(phase, `${what}: ${explain(error)}`, { cause: error });
};

/** The error's code where it has one, else its name: free texts may quote an address. */
export const explain = (error: unknown): string => {
  const code = readCode(error);
  if (code !== undefined) return words.get(code) ?? code;
  return error instanceof Error ? error.name : "unknown error";
};

const words: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "connection refused (ECONNREFUSED)"],
  ["ENOTFOUND", "the host name is not known (ENOTFOUND)"],
  ["UND_ERR_SOCKET", "the connection was closed before the answer (UND_ERR_SOCKET)"],
  ["ECONNRESET", "the connection was reset (ECONNRESET)"],
  ["UND_ERR_RES_EXCEEDED_MAX_SIZE", "the answer is larger than allowed"],
  ["UND_ERR_CONNECT_TIMEOUT", "no connection in time (UND_ERR_CONNECT_TIMEOUT)"],
]);

const readCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
};
