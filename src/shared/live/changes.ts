import { z } from "zod";

const text = z.string().max(300);

/**
 * What processes tell each other for the people who watch: ids alone, for MongoDB has the rest.
 * Lost words are no loss of data: whoever watches asks again.
 */
export const changes = z.object({
  v: z.literal(1),
  /** Conversations and their versions that were committed and flushed. */
  turns: z.array(z.tuple([text, z.int()])).default([]),
  /** Sends whose state or delivery changed. */
  sends: z.array(text).default([]),
  /** Files of messages that came, or will not come. */
  media: z.array(text).default([]),
  /** Attempts to sign in that a message settled. */
  attempts: z.array(text).default([]),
  /** Who types where. */
  typing: z
    .array(z.object({ tenantId: text, conversationId: text, userId: text, isTyping: z.boolean() }))
    .default([]),
  /** All who are connected to one process, tenant by tenant. */
  present: z
    .object({ process: text, users: z.array(z.object({ tenantId: text, userId: text })) })
    .exactOptional(),
  /** Something before this could not be told. */
  isGap: z.boolean().default(false),
});

export type Changes = z.infer<typeof changes>;

/** The Redis channel of an installation. */
export const changesChannel = (prefix: string): string => `${prefix}:live`;
