import { invalid, Problem } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import { TooLarge } from "#shared/models/media-bytes.ts";
import type { FileFacts, MediaClaim, MediaFile } from "#shared/models/media.ts";
import { removeMedia } from "#shared/models/remove-media.ts";

/** Whoever uploads is slow at most this long; what is left of them then is removed. */
const uploadMs = 3_600_000;

/** Streams a body in. The document comes first: what a break leaves is found by it. */
export async function receiveFile(
  call: Call<unknown>,
  id: string,
  fileName: string,
): Promise<MediaFile> {
  const { api, identity } = call;
  const now = new Date();
  const until = new Date(now.getTime() + uploadMs);
  const claim: MediaClaim = { attempt: 1, fileId: api.models.mediaBytes.newId(), until };
  const file: MediaFile = {
    _id: id,
    schemaVersion: 1,
    tenantId: identity.tenantId,
    state: "waiting",
    by: identity.id,
    fileName,
    attempt: claim.attempt,
    fileId: claim.fileId,
    createdAt: now,
    sweepAt: until,
  };
  await api.models.media.insert(file);
  try {
    const facts = await receiveBytes(call, file, claim);
    const kept = new Date(Date.now() + api.config.MEDIA_KEPT_MS);
    await api.models.media.settleStored(id, claim, facts, kept);
    return { ...file, ...facts, state: "stored" };
  } catch (error) {
    await removeMedia(api.models, file);
    throw error;
  }
}

async function receiveBytes(
  { api, file: bytes, caller, setHeader }: Call<unknown>,
  { _id: mediaId, tenantId }: MediaFile,
  { fileId }: MediaClaim,
): Promise<FileFacts> {
  const mostBytes = api.config.MEDIA_MAX_BYTES;
  try {
    const { contentType: mimeType } = caller;
    const incoming = { fileId, tenantId, mediaId, mimeType, bytes, mostBytes };
    const facts = await api.models.mediaBytes.write(incoming);
    if (facts.size === 0)
      throw invalid([{ field: "body", message: "is empty: it must be the file" }]);
    return facts;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    // The rest of it is not read.
    setHeader("Connection", "close");
    throw new Problem(413, `The file is larger than ${mostBytes} bytes`);
  }
}
