import type { Redis } from "ioredis";
import type { Background } from "#api/background.ts";
import type { Lifecycle } from "#api/lifecycle.ts";
import type { ApiMetrics } from "#api/ops/api-metrics.ts";
import type { AccountStates } from "#api/rest/auth/account-states.ts";
import type { Config } from "#shared/config/env.ts";
import type { ChannelDirectory } from "#shared/models/channel-directory.ts";
import type { MediaLinks } from "#shared/media/media-links.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Http } from "#shared/providers/http.ts";
import type { Queues } from "#shared/queues/open-queues.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { Connection } from "#shared/runtime/mongo.ts";

/** Everything the API is made of; `start.ts` builds it. */
export interface ApiDeps {
  readonly config: Config;
  readonly log: Log;
  readonly connection: Connection;
  readonly redis: Redis;
  readonly models: Models;
  readonly queues: Queues;
  readonly wake: Wake;
  /** To the providers. */
  readonly http: Http;
  readonly directory: ChannelDirectory;
  readonly mediaLinks: MediaLinks;
  readonly accountStates: AccountStates;
  readonly lifecycle: Lifecycle;
  readonly background: Background;
  readonly metrics: ApiMetrics;
}
