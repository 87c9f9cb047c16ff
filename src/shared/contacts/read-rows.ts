import { pipeline, Readable } from "node:stream";
import { parse, type CsvError } from "csv-parse";

/** One row by its columns' names, or what is wrong with it; `line` counts from 1. */
export type ReadRow =
  | { readonly line: number; readonly cells: ReadonlyMap<string, string> }
  | { readonly line: number; readonly fault: string };

export interface ReadOptions {
  /** As the Encoding Standard names them: `windows-1251` is what older spreadsheets write. */
  readonly encoding: string;
}

const mostBytesOfRow = 1_000_000;

/**
 * The rows of a CSV file, one after another; commas, semicolons and tabs are told apart by the
 * heading. A row that cannot be read is a fault of its own. Throws on bytes of another encoding.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  { encoding }: ReadOptions,
): AsyncGenerator<ReadRow> {
  const text = decode(bytes, encoding);
  const first = await text.next();
  const beginning = first.done === true ? "" : first.value;
  const skipped: ReadRow[] = [];
  const parser = parse({
    bom: true,
    columns: (heading: string[]) => heading.map((name) => name.trim()),
    delimiter: delimiterOf(beginning),
    group_columns_by_name: false,
    info: true,
    max_record_size: mostBytesOfRow,
    on_skip: (error) => void skipped.push(toFault(error)),
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
  });
  const rows = pipeline(Readable.from(joined(beginning, text)), parser, () => undefined);
  for await (const row of rows) {
    // The parser is ahead of us: what it skipped further on comes later.
    const before = skipped.findIndex(({ line }) => line > row.info.lines);
    yield* skipped.splice(0, before < 0 ? skipped.length : before);
    yield toRow(row);
  }
  yield* skipped;
}

/** Fatal, because a wrong letter in a name is worse than a question about the encoding. */
async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* joined(beginning: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield beginning;
  yield* rest;
}

/** What the heading has most of. */
function delimiterOf(text: string): string {
  const [heading = ""] = text.split(/[\r\n]/, 1);
  const count = (sign: string): number => heading.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

const toRow = ({ record, info }: ParsedRow): ReadRow => ({
  line: info.lines,
  cells: new Map(Object.entries(record)),
});

const toFault = (error: CsvError | undefined): ReadRow => ({
  line: Number(error?.["lines"] ?? 0),
  fault: error?.message ?? "cannot be read",
});
