import type { Request } from "express";
import { randomUUID } from "node:crypto";

/** What becomes known of a request on its way; the request log tells it at the end. */
export interface RequestNotes {
  readonly id: string;
  readonly startedAt: number;
  channelIds: readonly string[];
  outcome: string;
  bytes: number;
}

const notes = new WeakMap<Request, RequestNotes>();
const saneId = /^[\w.-]{1,64}$/;

/** The request's notes, the same ones at every call. */
export function notesOf(request: Request): RequestNotes {
  const known = notes.get(request);
  if (known !== undefined) return known;
  const made = {
    id: requestId(request),
    startedAt: performance.now(),
    channelIds: [],
    outcome: "failed",
    bytes: 0,
  };
  notes.set(request, made);
  return made;
}

function requestId(request: Request): string {
  const given = request.get("x-request-id");
  return given !== undefined && saneId.test(given) ? given : randomUUID();
}
