import type { MediaCommand } from "#shared/domain/command.ts";

/** Green API tells a file's kind by its name's ending, so that a name must have one. */
const endings: Readonly<Record<MediaCommand["type"], string>> = {
  image: ".jpg",
  video: ".mp4",
  audio: ".mp3",
  document: ".bin",
};

/** The given name, else the link's last part; with an ending in either case. */
export const nameFile = (
  type: MediaCommand["type"],
  link: string,
  given: string | undefined,
): string => {
  const name = given || readLastPart(link) || type;
  return /\.[A-Za-z0-9]{1,8}$/.test(name) ? name : `${name}${endings[type]}`;
};

const readLastPart = (link: string): string => {
  const last = URL.parse(link)?.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};
