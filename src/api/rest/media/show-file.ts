import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import type { MediaLinks } from "#shared/media/media-links.ts";
import type { MediaFile } from "#shared/models/media.ts";

export const mediaSchema = z
  .object({
    id: z.string().nullable().meta({ description: "null: a link to somewhere else was sent" }),
    state: z.enum(["waiting", "stored", "failed", "gone", "link"]).meta({
      description:
        "waiting: it is being fetched; failed: it was given up, see reason; gone: it is not kept here any more",
    }),
    file_name: z.string().nullable(),
    mime_type: z.string().nullable().meta({ description: "What the bytes are, not what was said" }),
    size: z.int().nullable(),
    sha256: z.string().nullable(),
    url: z.string().nullable().meta({ description: "Good until url_expires_at, for anybody" }),
    url_expires_at: dateField.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Media" });

export type ShownMedia = z.input<typeof mediaSchema>;

const nothing: Omit<ShownMedia, "id" | "state"> = {
  file_name: null,
  mime_type: null,
  size: null,
  sha256: null,
  url: null,
  url_expires_at: null,
  reason: null,
};

/** A file as people see it, with a link that soon ends. */
export function showFile(file: MediaFile, links: MediaLinks, now = new Date()): ShownMedia {
  const { _id, tenantId, state, fileName, mimeType, size, sha256, reason } = file;
  const link = state === "stored" ? links.makeShort(tenantId, _id, now) : undefined;
  return {
    id: _id,
    state,
    file_name: fileName ?? null,
    mime_type: mimeType ?? null,
    size: size ?? null,
    sha256: sha256 ?? null,
    url: link?.url ?? null,
    url_expires_at: link?.until.toISOString() ?? null,
    reason: state === "stored" ? null : (reason ?? null),
  };
}

/** Removed, or of a time when files were not kept. */
export const showGone = (id: string): ShownMedia => ({ ...nothing, id, state: "gone" });

export const showLink = (url: string, fileName: string | undefined): ShownMedia => ({
  ...nothing,
  id: null,
  state: "link",
  file_name: fileName ?? null,
  url,
});
