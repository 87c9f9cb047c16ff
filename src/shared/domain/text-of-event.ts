import type { MessageEvent } from "./event.ts";
import { textOfContacts, textOfLocation } from "./text-of-command.ts";

/** The words of a message: its text, or those of the place or the cards that it shows. */
export const textOfEvent = ({ text, location, contacts }: MessageEvent): string | undefined => {
  if (text !== undefined) return text;
  if (location !== undefined) return textOfLocation(location);
  return contacts === undefined ? undefined : textOfContacts(contacts);
};
