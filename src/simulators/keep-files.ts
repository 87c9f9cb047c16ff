import { mediaKinds, type CustomerMessage } from "./customer-message.ts";
import type { MediaStore } from "./media-store.ts";
import { bytesOf, typeOf } from "./sample-files.ts";

interface Deps {
  readonly media: MediaStore;
  /** Where the files lie: this simulator's own address, once it listens. */
  readonly place: { readonly url: string };
}

/** A file without a link of the test's own gets one that leads here, under the message's id. */
export function keepFiles(
  { media, place }: Deps,
  said: CustomerMessage & { readonly messageId: string },
): CustomerMessage & { readonly messageId: string } {
  const kind = mediaKinds.find((each) => said[each] !== undefined);
  const file = kind && said[kind];
  if (kind === undefined || file === undefined || file.link !== undefined) return said;
  const { messageId } = said;
  media.put(messageId, bytesOf(kind, file), typeOf(kind, file));
  const link = `${place.url}/files/${encodeURIComponent(messageId)}`;
  return { ...said, [kind]: { ...file, mimeType: typeOf(kind, file), link } };
}
