const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * How deep JSON nests, about how many values it holds and how many of them are objects or lists,
 * from its bytes, before anything walks it.
 */
export const measureJson = (
  raw: Uint8Array,
): { depth: number; values: number; containers: number } => {
  let open = 0;
  let containers = 0;
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === comma) values++;
    else if (closings.has(byte)) open--;
    else if (openings.has(byte)) {
      values++;
      containers++;
      depth = Math.max(depth, ++open);
    }
  }
  return { depth, values, containers };
};
