interface FileKind {
  readonly typeMessage: string;
  readonly mimeType: string;
}

/** Green API decides by the extension what a file becomes in the chat. */
const kinds = new Map<string, FileKind>([
  ["jpg", { typeMessage: "imageMessage", mimeType: "image/jpeg" }],
  ["jpeg", { typeMessage: "imageMessage", mimeType: "image/jpeg" }],
  ["png", { typeMessage: "imageMessage", mimeType: "image/png" }],
  ["mp4", { typeMessage: "videoMessage", mimeType: "video/mp4" }],
  ["mp3", { typeMessage: "audioMessage", mimeType: "audio/mpeg" }],
  ["ogg", { typeMessage: "audioMessage", mimeType: "audio/ogg" }],
  ["oga", { typeMessage: "audioMessage", mimeType: "audio/ogg" }],
  ["pdf", { typeMessage: "documentMessage", mimeType: "application/pdf" }],
]);

export function classifyFile(fileName: string): FileKind {
  const extension = fileName.split(".").at(-1)?.toLowerCase() ?? "";
  const other = { typeMessage: "documentMessage", mimeType: "application/octet-stream" };
  return kinds.get(extension) ?? other;
}
