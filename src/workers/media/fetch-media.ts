import { fileAlert } from "#shared/models/alerts.ts";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { TooLarge } from "#shared/models/media-bytes.ts";
import type { FileFacts, MediaClaim, MediaFile } from "#shared/models/media.ts";
import { discard, fetchFile } from "#shared/providers/fetch-file.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import type { FileAnswer } from "#shared/providers/http.ts";
import type { Account, Located, Provider } from "#shared/providers/provider.ts";
import { accountOf } from "#workers/lanes/account.ts";
import type { MediaPorts } from "#workers/media/ports.ts";

const done: JobOutcome = { kind: "done" };
/** Between the end of one attempt and the moment when another may begin. */
const leaseSlackMs = 30_000;

/** Brings the file of a message here: claim, ask where it lies, fetch, settle. Safe to run twice. */
export async function fetchMedia(
  ports: MediaPorts,
  id: string,
  stopping: AbortSignal,
): Promise<JobOutcome> {
  const file = await ports.media.read(id);
  if (file?.state !== "waiting" || file.from === undefined) return done;
  const claim = claimOf(ports, file);
  if (!(await ports.media.claim(id, claim))) return done;
  // Not before the claim: until then the last attempt may still end well.
  for (const left of claim.leftIds) await ports.mediaBytes.remove(left);
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(ports.settings.timeoutMs)]);
  try {
    const facts = await bringHere(ports, { file, from: file.from, claim, signal });
    await settle(ports, file, claim, facts);
  } catch (error) {
    await ports.mediaBytes.remove(claim.fileId);
    await giveUpOrWait(ports, file, claim, { error, isStopping: stopping.aborted });
  }
  return done;
}

const claimOf = (
  { now, mediaBytes, settings }: MediaPorts,
  { attempt, fileId, leftIds = [] }: MediaFile,
): MediaClaim & Pick<Required<MediaClaim>, "leftIds"> => ({
  attempt: attempt + 1,
  fileId: mediaBytes.newId(),
  leftIds: fileId === undefined ? leftIds : [...leftIds, fileId],
  until: new Date(now() + settings.timeoutMs + leaseSlackMs),
});

interface Bringing {
  readonly file: MediaFile;
  readonly from: NonNullable<MediaFile["from"]>;
  readonly claim: MediaClaim;
  readonly signal: AbortSignal;
}

/** The provider did not give the file, or not this one; the message is for people. */
class MediaFault extends Error {
  override readonly name = "MediaFault";
}

async function bringHere(ports: MediaPorts, bringing: Bringing): Promise<FileFacts> {
  const { file, from, claim, signal } = bringing;
  const channel = await ports.findChannel(from.channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined)
    throw new MediaFault("its channel is not there any more");
  const { place, answer } = await findFile(ports, bringing, { channel, provider });
  const announced = Number(answer.headers["content-length"] ?? 0);
  if (announced > ports.settings.mostBytes) {
    discard(answer);
    throw new TooLarge(ports.settings.mostBytes);
  }
  const facts = await ports.mediaBytes.write({
    fileId: claim.fileId,
    tenantId: file.tenantId,
    mediaId: file._id,
    mimeType: from.media.mimeType ?? answer.headers["content-type"],
    bytes: answer.body,
    mostBytes: ports.settings.mostBytes,
    signal,
  });
  checkFacts(facts, place);
  return facts;
}

type Place = Extract<Located, { url: string }>;

/** Answers that say: there was something, or it wants another key. */
const goneStatuses: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** An address may have run out since it was told: then a fresh one is asked for, once. */
async function findFile(
  ports: MediaPorts,
  { from, signal }: Bringing,
  { channel, provider }: { readonly channel: OpenChannel; readonly provider: Provider },
): Promise<{ readonly place: Place; readonly answer: FileAnswer }> {
  const account = accountOf(ports, channel);
  const { media, chatId, providerMessageId: messageId } = from;
  const asked = { http: ports.asks, account, signal, media, chatId };
  for (const isGone of [false, true]) {
    const call = { ...asked, isGone, ...(messageId !== undefined && { messageId }) };
    const place = (await provider.media?.locate?.(call)) ?? placeOf(media.url);
    if ("missing" in place) throw new MediaFault(place.missing);
    const answer = await fetchFile(ports.http, {
      url: place.url,
      headers: place.headers ?? {},
      trusted: trustedOf(account),
      signal,
    });
    if (answer.status === 200) return { place, answer };
    discard(answer);
    if (!goneStatuses.has(answer.status) || provider.media?.locate === undefined)
      throw new MediaFault(`the file's place answered HTTP ${answer.status}`);
  }
  throw new MediaFault("the file's place has nothing, a fresh address neither");
}

const placeOf = (url: string | undefined): Located =>
  url === undefined ? { missing: "the message names no address of it" } : { url };

/** Where the operator's own setting leads; an address of a user's is never trusted. */
const trustedOf = ({ apiUrl, guarded }: Account): string | undefined =>
  guarded ? undefined : URL.parse(apiUrl)?.origin;

/** What the provider announced, where it did, must be what came. */
function checkFacts({ size, sha256 }: FileFacts, place: Place): void {
  const base64 = Buffer.from(sha256, "hex").toString("base64");
  if (place.size !== undefined && place.size !== size)
    throw new MediaFault(`${size} bytes came, ${place.size} were announced`);
  if (place.sha256 !== undefined && ![sha256, base64].includes(place.sha256))
    throw new MediaFault("its SHA-256 is not the one that was announced");
}

async function settle(
  ports: MediaPorts,
  { _id }: MediaFile,
  claim: MediaClaim,
  facts: FileFacts,
): Promise<void> {
  const until = new Date(ports.now() + ports.settings.keptMs);
  const written = await ports.media.settleStored(_id, claim, facts, until);
  if (written === "missed") await ports.mediaBytes.remove(claim.fileId);
  ports.tell(_id);
}

interface Failed {
  readonly error: unknown;
  readonly isStopping: boolean;
}

async function giveUpOrWait(
  ports: MediaPorts,
  { _id, tenantId, from }: MediaFile,
  claim: MediaClaim,
  { error, isStopping }: Failed,
): Promise<void> {
  const reason = explain(error, ports.settings.timeoutMs);
  const pauseMs = isStopping ? 0 : ports.settings.retryMs[claim.attempt - 1];
  ports.log.warn({ event: "media.failed", mediaId: _id, attempt: claim.attempt, reason });
  if (pauseMs !== undefined && !(error instanceof TooLarge)) {
    await ports.media.tryLater(_id, claim, reason, new Date(ports.now() + pauseMs));
    return;
  }
  // First, because nobody comes back to a file that was given up.
  await ports.raiseAlert({
    tenantId,
    channelId: from?.channelId ?? "",
    ...fileAlert(_id),
    text: `A customer's file was given up after ${claim.attempt} attempts: ${reason}`,
  });
  const until = new Date(ports.now() + ports.settings.keptMs);
  await ports.media.settleFailed(_id, claim, reason, until);
  ports.tell(_id);
}

/** Surprises are told by their name alone: their words may quote an address. */
function explain(error: unknown, timeoutMs: number): string {
  if (error instanceof MediaFault || error instanceof TooLarge || error instanceof HttpFailure)
    return error.message;
  const name = error instanceof Error ? error.name : "unknown error";
  return name === "TimeoutError" || name === "AbortError"
    ? `it did not come whole within ${timeoutMs} ms`
    : `it could not be stored: ${name}`;
}
