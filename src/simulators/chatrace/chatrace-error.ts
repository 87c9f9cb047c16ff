import type { Response } from "express";

/** A refusal as Chatrace answers it; some come with 200. */
export class ChatraceError extends Error {
  readonly status: number;
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: object | string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const refuseToken = () => new ChatraceError(401, { message: "Unauthorized" });
export const refusePath = () => new ChatraceError(404, { message: "Not Found" });
export const refuseContact = () => new ChatraceError(404, { message: "User not found" });
export const refuseServer = (status: number) => new ChatraceError(status, "");

export const refuseInside = (code: number, message: string) =>
  new ChatraceError(200, { error: { code, message } });

export const refuseInvalid = (field: string, message: string) =>
  new ChatraceError(422, {
    message: "The given data was invalid.",
    errors: { [field]: [message] },
  });

export const refuseRate = (retryAfterSeconds: number | null) =>
  new ChatraceError(
    429,
    { message: "Too many requests" },
    retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) },
  );

export function answerError(response: Response, { status, headers, body }: ChatraceError): void {
  response.status(status).set(headers);
  if (typeof body === "string") response.type("text/html").send(body);
  else response.json(body);
}
