import { LRUCache } from "lru-cache";
import { parseFlow } from "#shared/bot/flow.ts";
import type { Bots } from "#shared/models/bots.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { DrainPorts, LoadedFlow } from "#workers/conversation/ports.ts";

/** A publication is seen within a second; versions never change and stay parsed. */
const publishedForMs = 1000;

/** Loads scenarios by bot (what is published) or by exact version (a session in progress). */
export function createFlowDirectory(bots: Bots, log: Log): DrainPorts["loadFlow"] {
  const publishedId = createMemory({ ttl: publishedForMs }, async (botId) => ({
    id: (await bots.find(botId))?.publishedVersionId,
  }));
  const version = createMemory({}, async (id) => ({
    loaded: parseVersion(id, (await bots.findVersion(id))?.flow, log),
  }));
  return async (ask) => {
    const id = "botId" in ask ? (await publishedId(ask.botId)).id : ask.botVersionId;
    return id === undefined ? undefined : (await version(id)).loaded;
  };
}

const mostKept = 5000;

/** Remembers answers, and questions in the air: a batch of turns asks once. Failures are not kept. */
function createMemory<Answer>(
  kept: { readonly ttl?: number },
  ask: (id: string) => Promise<Answer>,
): (id: string) => Promise<Answer> {
  const asked = new LRUCache<string, Promise<Answer>>({ max: mostKept, ...kept });
  return (id) => {
    const known = asked.get(id);
    if (known !== undefined) return known;
    const answer = ask(id);
    asked.set(id, answer);
    answer.catch(() => asked.delete(id));
    return answer;
  };
}

/** A version was checked when it was published; one that no longer parses is nobody's answer. */
function parseVersion(id: string, document: unknown, log: Log): LoadedFlow | undefined {
  if (document === undefined) return undefined;
  const parsed = parseFlow(document);
  if ("flow" in parsed) return { botVersionId: id, flow: parsed.flow };
  log.error({
    event: "bot.invalid",
    botVersionId: id,
    errors: parsed.errors,
    advice: "import and publish the bot again",
  });
  return undefined;
}
