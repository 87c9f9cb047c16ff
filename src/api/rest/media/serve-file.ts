import { Problem } from "#api/rest/problem.ts";
import type { Call, SentFile } from "#api/rest/route.ts";
import type { MediaFile } from "#shared/models/media.ts";

/** What a browser may show in place; anything else, pages and scripts among it, is only saved. */
const shownInPlace = /^(image\/(jpeg|png|webp|gif)|(audio|video)\/[\w.+-]+)(;|$)/;

/** The bytes of a stored file, or the part of them that was asked for. */
export function serveFile(call: Call<unknown>, file: MediaFile): SentFile {
  const { fileId, size = 0, mimeType = "application/octet-stream", fileName } = file;
  if (file.state !== "stored" || fileId === undefined) throw goneFor();
  const range = readRange(call.caller.range, size);
  const disposition = shownInPlace.test(mimeType) ? "inline" : "attachment";
  const headers = {
    "Accept-Ranges": "bytes",
    "Content-Disposition": disposition + nameOf(fileName),
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Length": String(range.end - range.start),
    ...(range.isPart && { "Content-Range": `bytes ${range.start}-${range.end - 1}/${size}` }),
  };
  for (const [name, value] of Object.entries(headers)) call.setHeader(name, value);
  const { start, end } = range;
  return {
    status: range.isPart ? 206 : 200,
    type: mimeType,
    pieces: call.api.models.mediaBytes.read(fileId, range.isPart ? { start, end } : {}),
  };
}

/** A forged link and one that has ended get the same answer. */
export const goneFor = (): Problem =>
  new Problem(
    404,
    "This link leads nowhere (any more): ask for the message again to get a fresh one",
  );

/** RFC 8187, the one form that every browser reads. */
const nameOf = (fileName: string | undefined): string =>
  fileName === undefined
    ? ""
    : `; filename*=UTF-8''${encodeURIComponent(fileName.toWellFormed()).replaceAll(/['()*]/g, escape)}`;

const escape = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

interface Range {
  readonly start: number;
  /** Not among it. */
  readonly end: number;
  readonly isPart: boolean;
}

/** One range, as players ask for it; several at once get the whole file, which RFC 9110 allows. */
function readRange(header: string | undefined, size: number): Range {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return { start: 0, end: size, isPart: false };
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (start < end) return { start, end, isPart: true };
  throw new Problem(416, "The file has no such part", {
    headers: { "Content-Range": `bytes */${size}` },
  });
}
