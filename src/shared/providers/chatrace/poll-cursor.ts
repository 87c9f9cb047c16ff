import { z } from "zod";

const cursor = z.object({
  path: z.string().optional(),
  after: z.string().optional(),
  seen: z.array(z.string()),
});

/** How far polling got. */
export interface Cursor {
  /** The path that answered. */
  readonly path?: string | undefined;
  /** The provider's own mark. */
  readonly after?: string | undefined;
  /** What its list showed. */
  readonly seen: readonly string[];
}

const none: Cursor = { seen: [] };

export const writeCursor = (at: Cursor): string => JSON.stringify(at);

/** Throws on a text that `writeCursor` did not make. */
export const readCursor = (text: string | undefined): Cursor =>
  text === undefined ? none : cursor.parse(JSON.parse(text));
