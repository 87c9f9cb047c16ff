import type { Request, Response } from "express";
import { detailOf } from "#api/http/errors.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { Provider } from "#shared/providers/provider.ts";

/** Answers a GET: Meta's check of the address, or the word that somebody listens. */
export function answerHandshake(
  request: Request,
  response: Response,
  provider: Provider,
  verifyTokens: readonly string[],
): void {
  const query = readQuery(request.query);
  notesOf(request).outcome = "handshake";
  if (query === undefined) {
    response.status(400).json(detailOf(400));
    return;
  }
  const { status, type, body } = provider.handshake(query, verifyTokens);
  response
    .status(status)
    .type(type === "text" ? "text/plain" : "application/json")
    .send(body);
}

/** A parameter that came twice has no meaning that both sides would agree on. */
function readQuery(query: object): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(query).map(([name, value]: [string, unknown]) => ({
    name,
    value,
  }));
  const texts = entries.flatMap(({ name, value }) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  return texts.length === entries.length ? Object.fromEntries(texts) : undefined;
}
