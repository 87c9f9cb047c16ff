import type { RequestHandler } from "express";
import { z } from "zod";
import { refusePath } from "./chatrace-error.ts";
import type { ChatraceParts } from "./parts.ts";

const query = z.object({ cursor: z.coerce.number().int().nonnegative().catch(0) });

/** One of the paths at which messages may be listed. */
export function listMessages({ inbox, switches }: ChatraceParts, path: string): RequestHandler {
  return (request, response) => {
    const { pollPath, listing, listsIds } = switches.now;
    if (path !== pollPath) throw refusePath();
    const page =
      listing === "all" ? inbox.showLast() : inbox.showAfter(query.parse(request.query).cursor);
    const messages = page.messages.map(({ id, ...rest }) => (listsIds ? { id, ...rest } : rest));
    response.json({ ...page, messages });
  };
}
