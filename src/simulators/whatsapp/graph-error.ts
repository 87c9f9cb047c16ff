import { randomBytes } from "node:crypto";
import type { Response } from "express";
import { graphErrors } from "./graph-errors.ts";

type Headers = Readonly<Record<string, string>>;

/** A refusal in the Graph API's own shape. */
export class GraphError extends Error {
  readonly status: number;
  readonly body: object;
  readonly headers: Headers;

  constructor(status: number, error: Readonly<Record<string, unknown>>, headers: Headers = {}) {
    super(String(error["message"]));
    this.status = status;
    this.body = { error: { ...error, fbtrace_id: `A${randomBytes(16).toString("base64url")}` } };
    this.headers = headers;
  }
}

export function refuse(code: number, details?: string, headers?: Headers): GraphError {
  const [status, title, usual] = graphErrors.get(code) ?? [400, "Unknown error", "Unknown error."];
  const error = {
    message: `(#${code}) ${title}`,
    type: "OAuthException",
    code,
    error_data: { messaging_product: "whatsapp", details: details ?? usual },
  };
  return new GraphError(status, error, headers);
}

/** Subcode 463: expired. 467: not a token of ours. */
export function refuseToken(subcode: 463 | 467): GraphError {
  const expired = subcode === 463;
  const message = expired ? "(#190) Access token has expired" : "(#190) Invalid OAuth access token";
  const details = expired ? "Session has expired." : "Cannot parse access token.";
  const error = {
    message,
    type: "OAuthException",
    code: 190,
    error_data: { messaging_product: "whatsapp", details },
    error_subcode: subcode,
  };
  const challenge = `OAuth "Facebook Platform" "invalid_token" "${message}"`;
  return new GraphError(401, error, { "www-authenticate": challenge });
}

export function refuseUnknownObject(verb: "get" | "post", id: string): GraphError {
  const message =
    `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
    "missing permissions, or does not support this operation. Please read the Graph API " +
    "documentation at https://developers.facebook.com/docs/graph-api";
  const error = { message, type: "GraphMethodException", code: 100, error_subcode: 33 };
  return new GraphError(400, error);
}

export function answerError(response: Response, error: GraphError): void {
  answerJson(response, error.status, error.body, error.headers);
}

/** Meta spells the charset in capitals, which Express would change. */
export function answerJson(
  response: Response,
  status: number,
  body: object,
  headers: Headers = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=UTF-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Meta's 502 and 503 come from its edge, mostly without JSON. */
export function answerServerFault(response: Response, status: number): void {
  if (status === 500) return answerError(response, refuse(131000));
  if (status === 503) return answerError(response, refuse(2));
  response.writeHead(status, { "content-type": "text/html" });
  response.end("<html><body>Bad Gateway</body></html>");
}
