import { HttpFailure } from "#shared/providers/http-failure.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readRetryAfter } from "#shared/providers/outcomes.ts";
import type { PollCall, Polled, Polling } from "#shared/providers/provider.ts";
import { ask } from "./ask.ts";
import { findList, type Found } from "./find-list.ts";
import { pickNew } from "./pick-new.ts";
import { readCursor, writeCursor } from "./poll-cursor.ts";

/** Where the first users' software looked. No public page of Chatrace's has them. */
const usualPaths = ["/messages/receive", "/messages/get", "/instagram/messages", "/api/messages"];

/** Asks the paths for messages, the one that answered last first, and hands on what it did not see before. */
const receive = async (call: PollCall): Promise<Polled> => {
  const cursor = readCursor(call.cursor);
  const paths = call.settings.paths ?? usualPaths;
  const known = paths.filter((path) => path === cursor.path);
  try {
    for (const path of [...known, ...paths.filter((each) => each !== cursor.path)]) {
      const after = path === cursor.path ? cursor.after : undefined;
      const answer = await ask(call, {
        path: withCursor(path, after),
        header: call.settings.header,
      });
      const polled = readAnswer(answer, call, path);
      if (polled !== undefined) return polled;
    }
    return refuse(`none of ${paths.join(", ")} gives messages`, notThere);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "unreached", reason: error.message };
  }
};

export const poll: Polling = { everyMs: 10_000, receive };

const notThere =
  "Ask Chatrace's support for the address that lists messages and set it (poll paths), or let Chatrace post: docs/providers/chatrace.md.";

const withCursor = (path: string, after: string | undefined): string =>
  after === undefined ? path : `${path}?cursor=${encodeURIComponent(after)}`;

const refuse = (reason: string, advice: string): Polled => ({ kind: "refused", reason, advice });

/** Undefined: this is not the path. A page in the place of JSON is no answer either. */
const readAnswer = (answer: HttpAnswer, call: PollCall, path: string): Polled | undefined => {
  const { status, headers } = answer;
  const found = findList(answer, call.settings.items);
  const code = found.errorCode ?? status;
  if (code === 401 || code === 403)
    return refuse(`Chatrace refuses the token (${code})`, "Copy the API token again and set it.");
  if (code === 429 || code >= 500) {
    const retryAfterMs = readRetryAfter(headers["retry-after"]);
    const reason = `Chatrace answered ${code} at ${path}`;
    return { kind: "unreached", reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  return found.items === undefined ? undefined : handOn(found, found.items, call, path);
};

const handOn = (
  { next }: Found,
  items: readonly unknown[],
  call: PollCall,
  path: string,
): Polled => {
  const before = readCursor(call.cursor);
  const isFirst = call.cursor === undefined;
  const { fresh, seen } = pickNew(items, {
    seen: before.seen,
    youngerThan: isFirst ? call.now - dayMs : 0,
  });
  const cursor = writeCursor({ path, seen, after: next ?? before.after });
  if (fresh.length === 0) return { kind: "nothing", cursor };
  return { kind: "received", raw: Buffer.from(JSON.stringify(fresh)), cursor, hasMore: false };
};

/** What is older when a channel is polled for the first time, Instagram lets nobody answer any more. */
const dayMs = 86_400_000;
