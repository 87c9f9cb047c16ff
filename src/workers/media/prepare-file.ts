import type { Command, MediaCommand } from "#shared/domain/command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { accountKey, type HandedOver, type MediaFile } from "#shared/models/media.ts";
import type { Provider, UploadCall, Uploaded } from "#shared/providers/provider.ts";
import { accountOf } from "#workers/lanes/account.ts";
import type { MediaPorts } from "#workers/media/ports.ts";

/** A command that may leave, or why it cannot: nothing of it was sent. */
export type Prepared =
  | { readonly kind: "ready"; readonly command: Command }
  | { readonly kind: "not_ready"; readonly outcome: SendOutcome };

/**
 * Turns a file of ours into what the provider takes: its own id or link of what was handed to it, or
 * our link. Before the claim, because a process that dies here has sent nothing.
 */
export async function prepareFile(
  ports: MediaPorts,
  channel: OpenChannel,
  provider: Provider,
  command: Command,
): Promise<Prepared> {
  if (!("mediaId" in command) || command.mediaId === undefined) return { kind: "ready", command };
  const file = await ports.media.find(channel.tenantId, command.mediaId);
  if (file?.state !== "stored") return notReady(noFile);
  const { mediaId: _, ...rest } = command;
  const handed = await handOver(ports, { channel, provider, command, file });
  if ("kind" in handed) return notReady(handed);
  const fileName = command.fileName ?? file.fileName;
  const named = fileName === undefined ? {} : { fileName };
  return { kind: "ready", command: { ...rest, ...named, ...handed } };
}

const notReady = (outcome: SendOutcome): Prepared => ({ kind: "not_ready", outcome });

const noFile: SendOutcome = {
  kind: "refused",
  code: "no_file",
  reason: "the file is not here any more, or was never whole",
  advice: "Upload it again (POST /api/v1/media) and send it by its new id.",
};

const noAddress = {
  kind: "refused",
  code: "no_public_url",
  reason: "this provider fetches files by link, and Switchboard has no public address",
  advice: "Set PUBLIC_URL to the address where the outside world reaches the API.",
} as const;

interface Handing {
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly command: MediaCommand;
  readonly file: MediaFile;
}

type NotHanded = Exclude<Uploaded, { readonly kind: "uploaded" }>;

/** A provider may fetch it some time after it has taken the message. */
const linkMs = 24 * 60 * 60 * 1000;

async function handOver(ports: MediaPorts, handing: Handing): Promise<HandedOver | NotHanded> {
  const { channel, provider, file } = handing;
  const now = ports.now();
  const kept = new Date(now + ports.settings.keptMs);
  const key = accountKey(channel._id, channel.externalId);
  const known = file.uploads?.[key];
  const isKnown = known !== undefined && known.until.getTime() > now;
  if (isKnown || provider.media?.upload === undefined) {
    await ports.media.noteUse(file._id, kept);
    return isKnown ? known.as : linkTo(ports, file, now);
  }
  const uploaded = await provider.media.upload(uploadOf(ports, handing));
  if (uploaded.kind !== "uploaded") return uploaded;
  const until = new Date(now + uploaded.livesMs);
  await ports.media.noteUse(file._id, kept, { key, as: uploaded.as, until });
  return uploaded.as;
}

function linkTo(
  { links }: MediaPorts,
  { _id, tenantId }: MediaFile,
  now: number,
): HandedOver | NotHanded {
  if (!links.isPublic) return noAddress;
  return { link: links.make({ tenantId, mediaId: _id, until: new Date(now + linkMs) }) };
}

function uploadOf(ports: MediaPorts, { channel, command, file }: Handing): UploadCall {
  const { fileId, mimeType = "application/octet-stream", size = 0 } = file;
  return {
    http: ports.http,
    account: accountOf(ports, channel),
    type: command.type,
    name: command.fileName ?? file.fileName ?? command.type,
    mimeType,
    size,
    open: () => {
      if (fileId === undefined) throw new Error(`the file ${file._id} has no bytes`);
      return ports.mediaBytes.read(fileId);
    },
    signal: AbortSignal.timeout(ports.settings.timeoutMs),
  };
}
