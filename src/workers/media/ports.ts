import type { MediaLinks } from "#shared/media/media-links.ts";
import type { Alert } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { FileHttp, Http } from "#shared/providers/http.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Everything that files touch on their way in and out. */
export interface MediaPorts {
  readonly now: () => number;
  readonly media: Models["media"];
  readonly mediaBytes: Models["mediaBytes"];
  readonly links: MediaLinks;
  readonly findChannel: (id: string) => Promise<OpenChannel | undefined>;
  readonly findProvider: (name: string) => Provider | undefined;
  readonly apiUrlOf: (provider: string) => string;
  /** For short questions. */
  readonly asks: Http;
  /** For files. */
  readonly http: FileHttp;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  /** Those who watch the chat hear that its file is here, or will not come. */
  readonly tell: (mediaId: string) => void;
  readonly wake: Wake;
  readonly removeGhost: (mediaId: string) => Promise<unknown>;
  readonly log: Log;
  readonly settings: {
    readonly mostBytes: number;
    readonly timeoutMs: number;
    /** After each failed attempt; then it is given up. */
    readonly retryMs: readonly number[];
    readonly keptMs: number;
  };
}
