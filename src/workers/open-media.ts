import type { Config } from "#shared/config/env.ts";
import { createMediaLinks } from "#shared/media/media-links.ts";
import type { Models } from "#shared/models/open-models.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { MediaPorts } from "#workers/media/ports.ts";

type MediaDeps = Omit<MediaPorts, "media" | "mediaBytes" | "links" | "http" | "settings"> & {
  readonly config: Config;
  readonly models: Pick<Models, "media" | "mediaBytes">;
};

/** Files are counted where they are stored; the client itself stops only what that would not see. */
const slackBytes = 1024 * 1024;

/** Ties files on their way to the database, the providers and the clock. */
export function openMedia({ config, models, ...common }: MediaDeps) {
  const timeoutMs = config.MEDIA_TIMEOUT_MS;
  const http = createHttp({ timeoutMs, maxBytes: config.MEDIA_MAX_BYTES + slackBytes });
  const ports: MediaPorts = {
    ...common,
    media: models.media,
    mediaBytes: models.mediaBytes,
    links: createMediaLinks(config),
    http,
    settings: {
      mostBytes: config.MEDIA_MAX_BYTES,
      timeoutMs,
      retryMs: config.MEDIA_RETRY_S.map((seconds) => seconds * 1000),
      keptMs: config.MEDIA_KEPT_MS,
    },
  };
  return { ports, close: () => http.close() };
}
