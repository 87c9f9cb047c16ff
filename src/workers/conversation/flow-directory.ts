import { LRUCache } from "lru-cache";
import { parseFlow } from "#shared/bot/flow.ts";
import type { Bots, BotVersion } from "#shared/models/bots.ts";
import { pickVersion } from "#shared/models/pick-version.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { DrainPorts, LoadedFlow } from "#workers/conversation/ports.ts";

/** A publication is seen within a second; versions never change and stay parsed. */
const publishedForMs = 1000;

/** Loads scenarios by bot (what is published, or tried out) or by exact version (a session in progress). */
export function createFlowDirectory(bots: Bots, log: Log): DrainPorts["loadFlow"] {
  const known = createMemory({ ttl: publishedForMs }, async (botId) => ({
    bot: await bots.findReleased(botId),
  }));
  const version = createMemory({}, async (id) => ({
    loaded: parseVersion(id, await bots.findVersion(id), log),
  }));
  return async (ask) => {
    const id =
      "botId" in ask
        ? pickVersion((await known(ask.botId)).bot, ask.conversationId)
        : ask.botVersionId;
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
function parseVersion(id: string, version: BotVersion | null, log: Log): LoadedFlow | undefined {
  if (version === null) return undefined;
  const { flow, moves = [] } = version;
  const parsed = parseFlow(flow);
  if ("flow" in parsed)
    return {
      botVersionId: id,
      flow: parsed.flow,
      moves: new Map(moves.map(({ from, to }) => [from, to])),
    };
  log.error({
    event: "bot.invalid",
    botVersionId: id,
    errors: parsed.errors,
    advice: "import and publish the bot again",
  });
  return undefined;
}
