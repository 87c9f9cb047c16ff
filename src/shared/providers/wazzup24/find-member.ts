const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d]);
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * The bytes of one of an object's own values as they stand, from JSON that was parsed before. Undefined
 * where it has none of that name, or several: a parser and a signer may mean different ones.
 */
export const findMember = (raw: Buffer, name: string): Buffer | undefined => {
  const found = [...listMembers(raw)].filter(({ key }) => key === name);
  const [only, ...others] = found;
  return others.length > 0 ? undefined : only?.value;
};

interface Member {
  readonly key: string;
  readonly value: Buffer;
}

function* listMembers(raw: Buffer): Generator<Member> {
  let depth = 0;
  let key: string | undefined;
  let from = 0;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    const isEnd = depth === 1 && (byte === comma || closings.has(byte));
    if (isEnd && key !== undefined) {
      yield { key, value: trim(raw.subarray(from, at)) };
      key = undefined;
    }
    if (byte === quote) {
      const end = endOfString(raw, at);
      if (depth === 1 && key === undefined) {
        key = String(JSON.parse(raw.toString("utf8", at, end)));
        at = raw.indexOf(colon, end);
        from = at + 1;
      } else at = end - 1;
    } else if (openings.has(byte)) depth++;
    else if (closings.has(byte)) depth--;
  }
}

/** The place after the closing quote. */
const endOfString = (raw: Buffer, start: number): number => {
  let at = start + 1;
  while (at < raw.length && raw[at] !== quote) at += raw[at] === backslash ? 2 : 1;
  return at + 1;
};

const trim = (bytes: Buffer): Buffer => {
  let from = 0;
  let to = bytes.length;
  while (from < to && blanks.has(bytes[from] ?? 0)) from++;
  while (to > from && blanks.has(bytes[to - 1] ?? 0)) to--;
  return bytes.subarray(from, to);
};
