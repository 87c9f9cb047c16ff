import type { CustomerMessage, mediaKinds } from "./customer-message.ts";

type Kind = (typeof mediaKinds)[number];
type Media = NonNullable<CustomerMessage[Kind]>;

const usualTypes: Readonly<Record<Kind, string>> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg; codecs=opus",
  document: "application/pdf",
  sticker: "image/webp",
};

/** One grey dot. */
const picture =
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";

/** The bytes of what a customer sends: their own, else something small. */
export function bytesOf(kind: Kind, { base64 }: Media): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  return kind === "image" ? Buffer.from(picture, "base64") : Buffer.from(`a simulated ${kind}`);
}

export const typeOf = (kind: Kind, { mimeType }: Media): string => mimeType ?? usualTypes[kind];
