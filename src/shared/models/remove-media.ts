import type { MediaFile } from "#shared/models/media.ts";
import type { Models } from "#shared/models/open-models.ts";

/** The bytes first: as long as the document is there, somebody finds what is left of them. */
export async function removeMedia(
  { media, mediaBytes }: Pick<Models, "media" | "mediaBytes">,
  { _id, tenantId, fileId, leftIds = [] }: MediaFile,
): Promise<void> {
  for (const id of fileId === undefined ? leftIds : [...leftIds, fileId])
    await mediaBytes.remove(id);
  await media.remove(tenantId, _id);
}
