import { z } from "zod";
import type { LiveSocket } from "#api/live/events.ts";
import { idField } from "#api/rest/fields.ts";
import type { Teller } from "#shared/live/tell-changes.ts";

const asked = z.strictObject({ conversation_id: idField, is_typing: z.boolean() });

const leastMs = 200;

/** Colleagues see who writes an answer; nothing of it is kept, and a hasty page is not heard. */
export function passOnTyping(tell: Teller, socket: LiveSocket) {
  let last = 0;
  return (given: unknown): void => {
    const parsed = asked.safeParse(given);
    const { identity } = socket.data;
    const isHasty = Date.now() - last < leastMs;
    if (!parsed.success || isHasty || !identity.scopes.has("conversations:write")) return;
    last = Date.now();
    tell.typing({
      tenantId: identity.tenantId,
      userId: identity.id,
      conversationId: parsed.data.conversation_id,
      isTyping: parsed.data.is_typing,
    });
  };
}
