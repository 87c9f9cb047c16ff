import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { z } from "zod";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { hideToken, sortFailure, toUploadFault } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { UploadCall, Uploaded } from "#shared/providers/provider.ts";
import { sortAnswer } from "./sort.ts";

const megabyte = 1024 * 1024;
/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media#supported-media-types */
const most = { image: 5, video: 16, audio: 16, document: 100 } as const;
/** A day less than Meta's 30: what is given out shall still live when it is sent. */
const livesMs = 29 * 24 * 60 * 60 * 1000;

const done = z.object({ id: z.string().min(1) });

/** Hands a file to Meta: its id stands for it in messages. */
export const uploadMedia = async (call: UploadCall): Promise<Uploaded> => {
  const { http, account, signal, type, size } = call;
  if (size > most[type] * megabyte) return refuseSize(type, size);
  const form = buildForm(call);
  try {
    const answer = await http.ask({
      method: "POST",
      url: `${account.apiUrl.replace(/\/+$/, "")}/${encodeURIComponent(account.externalId)}/media`,
      headers: { authorization: `Bearer ${account.token}`, ...form.headers },
      body: form.body,
      guarded: account.guarded,
      signal,
    });
    return readId(answer) ?? toUploadFault(hideToken(sortAnswer(answer), account.token));
  } catch (error) {
    form.body.destroy();
    return toUploadFault(sortFailure(error));
  }
};

const refuseSize = (type: UploadCall["type"], size: number): Uploaded => ({
  kind: "refused",
  code: "file_too_large",
  reason: `the file has ${size} bytes, WhatsApp takes ${most[type]} MB as ${type}`,
  advice: "Send a smaller one, or send it as a document (100 MB).",
});

const readId = ({ status, body }: HttpAnswer): Uploaded | undefined => {
  const read = done.safeParse(readBody(body)).data;
  if (status >= 300 || read === undefined) return undefined;
  return { kind: "uploaded", as: { providerMediaId: read.id }, livesMs };
};

/** Multipart as a stream, whose length is known beforehand: no file is held in memory. */
const buildForm = ({ name, mimeType, size, open }: UploadCall) => {
  const boundary = `switchboard-${randomUUID()}`;
  const field = (key: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`;
  const fileName = name.replaceAll(/["\\\r\n]/g, "_");
  const head = Buffer.from(
    `${field("messaging_product", "whatsapp")}${field("type", mimeType)}--${boundary}\r\n` +
      `Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: ${mimeType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    yield* open();
    yield tail;
  };
  const length = String(head.length + size + tail.length);
  const type = `multipart/form-data; boundary=${boundary}`;
  const headers = { "content-type": type, "content-length": length };
  return { headers, body: Readable.from(pieces(), { objectMode: false }) };
};
