import type { Evidence, Said } from "./evidence.ts";

export interface OrderOf {
  readonly reordered: number;
  readonly late: number;
}

/**
 * One chat's messages in the order of their replies. A message is out of place when one that should
 * follow it was answered before it; that is `late` where it came after the hold window and is marked,
 * and `reordered` otherwise. Replies must also leave in the order of their sequences.
 */
export function judgeOrder(
  evidence: Evidence,
  replies: readonly Said[],
  complain: (what: string) => void,
): OrderOf {
  let reordered = 0;
  let late = 0;
  for (const [place, message] of replies.entries()) {
    const before = replies.slice(0, place);
    const overtaken = before.filter((other) => precedes(message, other));
    const inLane = before.find((other) => hasLaterSequence(evidence, other, message));
    const inTime = overtaken.find((other) => wasInTime(evidence, message, other));
    const isMarked = evidence.recorded.get(message.n)?.turn?.isLate === true;
    const culprit = inLane ?? inTime ?? (isMarked ? undefined : overtaken[0]);
    if (culprit !== undefined) {
      reordered += 1;
      const why = culprit === inLane ? "by sequence" : isMarked ? "in time" : "not marked late";
      complain(`reordered: m${message.n} of ${message.peer} came after m${culprit.n} (${why})`);
    } else if (overtaken.length > 0) late += 1;
  }
  return { reordered, late };
}

/** Slower ones were taken by the second way, although the first may have arrived in the end, too. */
const plainWayMs = 1400;

/** By the provider's time; within one second by what was taken before the other was posted. */
const precedes = (one: Said, other: Said): boolean =>
  one.at === other.at ? (one.acknowledgedAt ?? Infinity) < other.firstPostedAt : one.at < other.at;

/**
 * The journal had it before the window of the other could end. In the form `queue` the window counts
 * from journaling, which the acknowledgement log does not know.
 */
function wasInTime({ run, recorded }: Evidence, one: Said, other: Said): boolean {
  if (run.accept === "queue" || recorded.get(one.n)?.secondWay === true) return false;
  const { acknowledgedAt = Infinity, tookMs = Infinity } = one;
  if (tookMs >= plainWayMs) return false;
  return acknowledgedAt < other.firstPostedAt + (run.holdMs[one.channel] ?? 0);
}

/** Only where each has one send: what was sent again has a new sequence, and rightly so. */
function hasLaterSequence({ recorded }: Evidence, one: Said, other: Said): boolean {
  const [sequence, otherSequence] = [one, other].map(({ n }) => {
    const sends = recorded.get(n)?.sends ?? [];
    return sends.length === 1 ? sends[0]?.sequence : undefined;
  });
  return sequence !== undefined && otherSequence !== undefined && sequence > otherSequence;
}
