import type { Event, Normalized } from "#shared/domain/event.ts";
import type { Headers } from "#shared/providers/provider.ts";
import { normalizeFlat } from "./normalize-flat.ts";
import { normalizeGraph } from "./normalize-graph.ts";
import { readFlat, readGraph } from "./wire.ts";

/**
 * What a body of Chatrace's became. It has no schema of its own: the account's owner writes the
 * External Request (docs/providers/chatrace.md has one to copy), and others forward Instagram's.
 */
export const normalize = (body: unknown, headers: Headers): Normalized => {
  const read = Array.isArray(body)
    ? body.flatMap((each: unknown) => readOne(each, undefined))
    : readOne(body, headers["x-user-id"]);
  const events = read.filter((each) => typeof each === "object");
  if (events.length > 0) return { events };
  if (isTest(body)) return { ignored: "test" };
  if (read.includes("nobody"))
    return { invalid: { errors: { sender: "names nobody who could have written" } } };
  return { ignored: read.includes("ours") ? "our own messages" : "not a Chatrace webhook" };
};

type Read = Event | "nobody" | "ours";

const readOne = (body: unknown, userId: string | undefined): readonly Read[] => {
  const graph = readGraph(body);
  if (graph !== undefined) return graph.flatMap((each) => normalizeGraph(each));
  const flat = readFlat(body);
  return flat === undefined ? [] : [normalizeFlat(flat, userId)];
};

/** The documented check of the address: {"test": "data"}. */
const isTest = (body: unknown): boolean =>
  typeof body === "object" && body !== null && Object.keys(body).join(",") === "test";
