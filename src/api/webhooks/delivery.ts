import type { Request } from "express";
import { monotonicFactory } from "ulid";
import { addressOf, isLocal } from "#api/http/address.ts";
import { agentOf } from "#api/http/request-log.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { Arrival } from "#shared/accept/build-entry.ts";
import type { Headers } from "#shared/providers/provider.ts";

/** One POST as it arrived; ids are minted in that order. */
export interface Delivery extends Arrival {
  /** A parameter that came twice is none. */
  readonly query: Headers;
  /** Posted by a program on this machine. */
  readonly isLocal: boolean;
}

/** Reads requests whose body is there, each with the next id. */
export function createDeliveries(): (request: Request) => Delivery {
  const mintId = monotonicFactory();
  return (request) => {
    const notes = notesOf(request);
    const raw = rawOf(request.body);
    notes.bytes = raw.length;
    const facts = {
      id: notes.id,
      address: addressOf(request),
      userAgent: agentOf(request),
      bytes: raw.length,
    };
    const arrivedAt = new Date();
    return {
      id: mintId(arrivedAt.getTime()),
      source: "webhook",
      arrivedAt,
      raw,
      headers: headersOf(request),
      query: queryOf(request),
      request: facts,
      isLocal: isLocal(request),
    };
  };
}

/** A request without a body has none to read. */
const rawOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

const queryOf = ({ query }: Request): Headers =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );

/** Of some headers `headers` would keep the first only: a credential that came twice proves nothing. */
const headersOf = ({ headersDistinct }: Request): Headers =>
  Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(", ")]),
  );
