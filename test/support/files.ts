import { createHash } from "node:crypto";
import { z } from "zod";

/** A PNG of one dot. */
export const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** A PNG with so many bytes behind its end. */
export const largePicture = (bytes: number): Buffer =>
  Buffer.concat([picture, Buffer.alloc(bytes)]);

const uploaded = z.looseObject({ id: z.string(), url: z.string() });

/** Uploads a file, as a program does. */
export async function uploadFile(
  url: string,
  token: string,
  bytes: Uint8Array,
  { name = "dot.png", type = "image/png" } = {},
) {
  const response = await fetch(`${url}/api/v1/media?file_name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": type },
    body: new Uint8Array(bytes),
  });
  const body: unknown = await response.json();
  return {
    status: response.status,
    body,
    made: uploaded.safeParse(body).data ?? { id: "", url: "" },
  };
}
