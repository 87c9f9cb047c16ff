/** What is done to the bytes after the body was written as JSON. */
export type Spoiling =
  | { readonly kind: "none" | "bom" | "utf16" | "twice" | "empty" | "single-quotes" }
  | { readonly kind: "cut"; readonly share: number }
  | { readonly kind: "insert"; readonly share: number; readonly hex: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "double-key"; readonly json: string }
  | { readonly kind: "deepen"; readonly depth: number; readonly bracket: "[" | "{" }
  | { readonly kind: "repeat"; readonly times: number }
  | { readonly kind: "pad"; readonly bytes: number; readonly filler: string };

/** Bytes of a JSON text, spoilt. */
export const spoil = (text: string, spoiling: Spoiling): Buffer => {
  switch (spoiling.kind) {
    case "none":
      return Buffer.from(text);
    case "bom":
      return Buffer.from(`\u{feff}${text}`);
    case "utf16":
      return Buffer.from(text, "utf16le");
    case "twice":
      return Buffer.from(`${text}\n${text}`);
    case "empty":
      return Buffer.alloc(0);
    case "single-quotes":
      return Buffer.from(text.replaceAll('"', "'"));
    case "cut":
      return Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * spoiling.share));
    case "insert":
      return insert(Buffer.from(text), spoiling.share, Buffer.from(spoiling.hex, "hex"));
    case "number":
      return Buffer.from(text.replace(/(?<=[:[,])\d+(?=[,}\]])/, spoiling.text));
    case "double-key":
      return Buffer.from(text.replace(/\{("(?:[^"\\]|\\.)*":)/, `{$1${spoiling.json},$1`));
    case "deepen":
      return Buffer.from(`${deep(spoiling)}${text.slice(text.indexOf("{") + 1)}`);
    case "repeat":
      return Buffer.from(repeat(text, spoiling.times));
    case "pad":
    default:
      return Buffer.from(text.replace('"', `"pad":"${pad(spoiling)}","`));
  }
};

const insert = (bytes: Buffer, share: number, more: Buffer): Buffer => {
  const at = Math.floor(bytes.length * share);
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
};

const deep = ({ depth, bracket }: { depth: number; bracket: "[" | "{" }): string =>
  bracket === "["
    ? `{"deep":${"[".repeat(depth)}${"]".repeat(depth)},`
    : `{"deep":${'{"a":'.repeat(depth)}0${"}".repeat(depth)},`;

/** Meta packs many updates into one body; of Green API's it becomes a list, which it is not. */
const repeat = (text: string, times: number): string => {
  const entries = /^\{"object":"[^"]*","entry":\[(.*)\]\}$/s.exec(text)?.[1];
  if (entries === undefined) return `[${Array<string>(times).fill(text).join(",")}]`;
  return text.replace(entries, () => Array<string>(times).fill(entries).join(","));
};

const pad = ({ bytes, filler }: { bytes: number; filler: string }): string =>
  filler.repeat(Math.ceil(bytes / Buffer.byteLength(filler)));
