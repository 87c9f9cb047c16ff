import { createGuard } from "#api/webhooks/guard.ts";
import type { Config } from "#shared/config/env.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { Log } from "#shared/runtime/log.ts";

type SinkName = "journal" | "queue";
type Sink = (webhook: Webhook) => Promise<unknown>;

/** Makes a webhook durable and says where; rejects with `NowhereToStore` when nothing took it. */
export type Store = (webhook: Webhook) => Promise<SinkName>;

export class NowhereToStore extends AggregateError {
  constructor(causes: readonly unknown[]) {
    super(causes, "neither MongoDB nor Redis took the webhook");
    this.name = "NowhereToStore";
  }
}

export interface StoreDeps {
  readonly config: Pick<Config, "ACCEPT" | "JOURNAL_TIMEOUT_MS">;
  readonly log: Log;
  readonly sinks: Readonly<Record<SinkName, Sink>>;
}

/** Two ways to the same journal, in the order that ACCEPT gives; the other when one is away. */
export function createStore({ config, log, sinks }: StoreDeps): Store {
  const guards = {
    journal: createGuard("MongoDB's journal", config.JOURNAL_TIMEOUT_MS),
    queue: createGuard("the queue webhooks", config.JOURNAL_TIMEOUT_MS),
  };
  const put = (name: SinkName, webhook: Webhook) => guards[name](() => sinks[name](webhook));
  const [first, second]: readonly [SinkName, SinkName] =
    config.ACCEPT === "journal" ? ["journal", "queue"] : ["queue", "journal"];
  return async (webhook) => {
    const refusals: unknown[] = [];
    for (const name of [first, second]) {
      try {
        await put(name, name === first ? webhook : asSecondWay(name, webhook));
        return name;
      } catch (error) {
        refusals.push(error);
        log.debug({ event: "store.away", sink: name, webhookId: webhook._id, err: error });
      }
    }
    throw new NowhereToStore(refusals);
  };
}

/** Around an outage of the journal the order is lost; in the queue's own form it is the plain way. */
const asSecondWay = (name: SinkName, webhook: Webhook): Webhook =>
  name === "queue" ? { ...webhook, late: true } : webhook;
