import type { MessageType } from "#shared/domain/event.ts";

const types: ReadonlyMap<string, MessageType> = new Map([
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["file", "document"],
  ["document", "document"],
  ["ig_reel", "video"],
  ["reel", "video"],
  ["story_mention", "story_mention"],
]);

const endings: readonly (readonly [RegExp, MessageType])[] = [
  [/\.(jpe?g|png|gif|webp)$/i, "image"],
  [/\.(mp4|mov|3gp)$/i, "video"],
  [/\.(mp3|ogg|oga|m4a|aac|wav)$/i, "audio"],
];

/** By the word for it, else by how the address ends. */
export const readMediaType = (word: string | undefined, url: string): MessageType => {
  const named = types.get(word?.toLowerCase() ?? "");
  if (named !== undefined) return named;
  const path = URL.parse(url)?.pathname ?? "";
  return endings.find(([ending]) => ending.test(path))?.[1] ?? "document";
};

/** What an attachment of Instagram's is; a share has no form of ours. */
export const readAttachmentType = (word: string | undefined): MessageType =>
  types.get(word ?? "") ?? "unsupported";
