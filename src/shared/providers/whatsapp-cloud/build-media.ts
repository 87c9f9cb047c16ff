import type { MediaCommand } from "#shared/domain/command.ts";
import { countLetters } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import type { Built } from "./build-text.ts";

/** A file by link or by the id of an upload. */
export const buildMedia = (command: MediaCommand): Built => {
  const { type, link, providerMediaId, caption, fileName } = command;
  const fault = findMediaFault(command);
  if (fault !== undefined) return { refused: refuseCommand(fault, "Change the file's message.") };
  const media = {
    ...(link === undefined ? { id: providerMediaId } : { link }),
    ...(caption !== undefined && caption !== "" && { caption }),
    ...(type === "document" && fileName !== undefined && { filename: fileName }),
  };
  return { json: { type, [type]: media } };
};

const longestCaption = 1024;

const findMediaFault = ({
  type,
  link,
  mediaId,
  providerMediaId,
  caption = "",
}: MediaCommand): string | undefined => {
  const places = [link, mediaId, providerMediaId].filter((place) => place !== undefined);
  if (places.length !== 1) return "a file needs a link or a media id";
  if (type === "audio" && caption !== "") return "WhatsApp's audio carries no caption";
  if (countLetters(caption) > longestCaption) {
    return `the caption has more than ${longestCaption} characters`;
  }
  return undefined;
};
