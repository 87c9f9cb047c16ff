import { z } from "zod";
import { hideToken, sortFailure, toUploadFault } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { UploadCall, Uploaded } from "#shared/providers/provider.ts";
import { sortAnswer } from "./sort.ts";

const mostBytes = 100 * 1024 * 1024;
/** A day less than Green API's 15: what is given out shall still live when it is sent. */
const livesMs = 14 * 24 * 60 * 60 * 1000;

const done = z.object({ urlFile: z.url({ protocol: /^https?$/ }) });

/**
 * Puts a file into Green API's storage; sendFileByUrl then takes it by its link. So a file goes over
 * the wire before the send, which stays one short call (https://green-api.com/en/docs/api/sending/UploadFile/).
 */
export const uploadFile = async (call: UploadCall): Promise<Uploaded> => {
  const { http, account, name, mimeType, size, open, signal } = call;
  if (size > mostBytes) return refuseSize(size);
  const instance = encodeURIComponent(account.externalId);
  const token = encodeURIComponent(account.token);
  const body = open();
  try {
    const answer = await http.ask({
      method: "POST",
      url: `${mediaUrlOf(account.apiUrl)}/waInstance${instance}/uploadFile/${token}`,
      headers: {
        "content-type": mimeType,
        "content-length": String(size),
        "ga-filename": encodeURIComponent(name),
      },
      body,
      guarded: account.guarded,
      signal,
    });
    const link = done.safeParse(readBody(answer.body)).data?.urlFile;
    if (answer.status < 300 && link !== undefined)
      return { kind: "uploaded", as: { link }, livesMs };
    return toUploadFault(hideToken(sortAnswer(answer), account.token));
  } catch (error) {
    body.destroy();
    return toUploadFault(sortFailure(error));
  }
};

const refuseSize = (size: number): Uploaded => ({
  kind: "refused",
  code: "file_too_large",
  reason: `the file has ${size} bytes, Green API takes 100 MB`,
  advice: "Send a smaller one, or a link.",
});

/** `7103.api.greenapi.com` has its files at `7103.media.greenapi.com`; any other address has both. */
const mediaUrlOf = (apiUrl: string): string =>
  apiUrl
    .replace(/\/+$/, "")
    .replace(/^(https?:\/\/(?:\d+\.)?)api\.(?=green-?api\.com)/, "$1media.");
