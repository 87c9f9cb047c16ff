import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { attemptSchema, runFiles } from "./ack-log.ts";
import { recordSchema } from "./dump-database.ts";
import { channelNames, numberOfId, numberOfReply, type ChannelName } from "./messages.ts";
import { readLines } from "./read-lines.ts";

/** What the acknowledgement log says of one message, its copies included. */
export interface Said {
  readonly n: number;
  readonly channel: ChannelName;
  readonly peer: string;
  readonly at: number;
  /** When it was first posted, answered or not. */
  readonly firstPostedAt: number;
  readonly acknowledgedAt?: number;
  /** How long that answer took. */
  readonly tookMs?: number;
}

/** What MongoDB says of one message. */
export interface Recorded {
  turn?: { readonly state: string; readonly isLate: boolean };
  /** The queue `webhooks` took it, because the journal was away. */
  secondWay?: true;
  /** Its journal entry is still open. */
  isWaiting?: true;
  /** Deals of its name. */
  deals: number;
  readonly sends: {
    readonly id: string;
    readonly state: string;
    readonly sequence: number;
  }[];
}

/** One reply that a provider took. */
export interface Reply {
  readonly channel: ChannelName;
  readonly peer: string;
  readonly n: number;
  readonly text: string;
}

export const runSchema = z.object({
  accept: z.enum(["journal", "queue"]),
  messages: z.number(),
  holdMs: z.record(z.enum(channelNames), z.number()),
});

export interface Evidence {
  readonly run: z.infer<typeof runSchema>;
  readonly attempts: Readonly<Record<"ok" | "fail" | "info" | "copies", number>>;
  readonly said: ReadonlyMap<number, Said>;
  /** In the order in which each provider took them. */
  readonly replies: AsyncIterable<Reply>;
  readonly recorded: ReadonlyMap<number, Recorded>;
  /** Sends that an operator is shown. */
  readonly shown: ReadonlySet<string>;
}

/** Everything that a run left in its folder. */
export async function readEvidence(folder: string): Promise<Evidence> {
  const run = runSchema.parse(JSON.parse(readFileSync(join(folder, runFiles.run), "utf8")));
  return {
    run,
    ...(await readAcknowledgements(join(folder, runFiles.acknowledgements))),
    replies: readReplies(folder),
    ...(await readRecords(join(folder, runFiles.database))),
  };
}

async function readAcknowledgements(file: string) {
  const attempts = { ok: 0, fail: 0, info: 0, copies: 0 };
  const said = new Map<number, Said>();
  for await (const attempt of readLines(file, attemptSchema)) {
    const { n, channel, peer, at, postedAt, endedAt, outcome, isCopy } = attempt;
    attempts[outcome] += 1;
    if (isCopy) attempts.copies += 1;
    const before = said.get(n) ?? { n, channel, peer, at, firstPostedAt: postedAt };
    const isFirstAnswer = outcome === "ok" && endedAt < (before.acknowledgedAt ?? Infinity);
    said.set(n, {
      ...before,
      firstPostedAt: Math.min(before.firstPostedAt, postedAt),
      ...(isFirstAnswer ? { acknowledgedAt: endedAt, tookMs: endedAt - postedAt } : {}),
    });
  }
  return { attempts, said };
}

const entry = z.object({ to: z.string(), text: z.string() });

async function* readReplies(folder: string): AsyncGenerator<Reply> {
  for (const channel of channelNames)
    for await (const { to, text } of readLines(join(folder, runFiles[channel]), entry))
      yield { channel, peer: to.replace(/@.*$/, ""), n: numberOfReply(text), text };
}

async function readRecords(file: string) {
  const recorded = new Map<number, Recorded>();
  const shown = new Set<string>();
  const of = (n: number): Recorded => {
    const found = recorded.get(n) ?? { sends: [], deals: 0 };
    recorded.set(n, found);
    return found;
  };
  for await (const record of readLines(file, recordSchema)) {
    if (record.kind === "turn")
      of(numberOfId(record.id)).turn = { state: record.state, isLate: record.late };
    else if (record.kind === "second way") of(numberOfId(record.id)).secondWay = true;
    else if (record.kind === "waiting") of(numberOfId(record.id)).isWaiting = true;
    else if (record.kind === "deal") of(numberOfReply(` ${record.title}`)).deals += 1;
    else if (record.kind === "shown") shown.add(record.id);
    else {
      const { id, state, sequence } = record;
      of(numberOfReply(` ${record.text}`)).sends.push({ id, state, sequence });
    }
  }
  return { recorded, shown };
}
