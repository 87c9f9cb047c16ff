import { createHash } from "node:crypto";
import { z } from "zod";
import { compact } from "#shared/providers/compact.ts";
import { filled, line } from "#shared/providers/wire-fields.ts";

const createContact = z.object({
  responsibleUserId: filled,
  name: line,
  contactData: z.array(z.unknown()).catch([]),
});

const createDeal = z.object({
  responsibleUserId: filled,
  contacts: z.array(z.unknown()).catch([]),
});

const request = z.object({
  createContact: createContact.optional().catch(undefined),
  createDeal: createDeal.optional().catch(undefined),
});

/**
 * The new entity that Wazzup waits for, in the form of its own routes for contacts and deals
 * (https://wazzup24.com/help/webhooks/). A repeated request gets the same id.
 */
export const buildEntity = (body: unknown, channelId: string): object | undefined => {
  const read = request.safeParse(body).data;
  const made = createHash("sha256")
    .update(JSON.stringify([channelId, body]))
    .digest("hex");
  const id = made.slice(0, 32);
  if (read?.createContact !== undefined) return compact({ id, ...read.createContact });
  if (read?.createDeal === undefined) return undefined;
  return compact({ id, name: `Wazzup24 ${id.slice(0, 8)}`, ...read.createDeal, closed: false });
};
