import { z } from "zod";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { id, part } from "#shared/providers/wire-fields.ts";
import { parse } from "./parse.ts";

export interface Found {
  /** Absent where the answer has no list of messages. */
  readonly items?: readonly unknown[];
  /** Where the provider wants to be asked next. */
  readonly next?: string | undefined;
  /** An error that came with HTTP 200. */
  readonly errorCode?: number | undefined;
}

const page = z.object({
  error: part({ code: z.coerce.number().optional().catch(undefined) }),
  cursor: id,
  next_cursor: id,
});

/** The messages of an answer: at `path` where that is set, else where such lists usually stand. */
export const findList = ({ status, body: raw }: HttpAnswer, path: string | undefined): Found => {
  const parsed = parse(raw, {});
  const isRead = status >= 200 && status < 300 && raw.length > 0 && "body" in parsed;
  if (!isRead) return {};
  const { body } = parsed;
  const { error, cursor, next_cursor: nextCursor } = page.safeParse(body).data ?? {};
  if (error !== undefined) return { errorCode: error.code ?? 400 };
  const places = path === undefined ? usualPlaces : [path];
  const items = places.map((place) => readAt(body, place)).find((value) => Array.isArray(value));
  return items === undefined ? {} : { items, next: nextCursor ?? cursor };
};

const usualPlaces = ["", "messages", "data", "items", "data.messages", "data.items"];

const record = z.record(z.string(), z.unknown());

const readAt = (body: unknown, path: string): unknown =>
  path
    .split(".")
    .filter((key) => key !== "")
    .reduce<unknown>((value, key) => record.safeParse(value).data?.[key], body);
