import type { Figures } from "./run-chaos.ts";

/** The figures of each form side by side, as Markdown. */
export function describeFigures(byForm: Readonly<Record<string, Figures>>): string {
  const forms = Object.keys(byForm);
  const row = (name: string, of: (figures: Figures) => string | number): string =>
    line([name, ...Object.values(byForm).map(of)]);
  return [
    line(["", ...forms]),
    line(["---", ...forms.map(() => "---:")]),
    row("messages", ({ messages }) => messages),
    row("acknowledged", ({ acknowledged }) => acknowledged),
    row("answered", ({ answered }) => answered),
    row("lost", ({ lost }) => lost),
    row("unfinished", ({ unfinished }) => unfinished),
    row("doubled", ({ doubled }) => doubled),
    row("reordered", ({ reordered }) => reordered),
    row("strange", ({ strange }) => strange),
    row("deals lost", ({ dealsLost }) => dealsLost),
    row("deals doubled", ({ dealsDoubled }) => dealsDoubled),
    row("late (marked)", ({ late }) => late),
    row("accepted by the second way", ({ secondWay }) => secondWay),
    row("unknown: held and shown", ({ held }) => held),
    row("held although it arrived", ({ heldArrived }) => heldArrived),
    row(
      "still under way at the end",
      ({ open }) => open.entries + open.sends + open.sealed + open.listed,
    ),
    row("faults done", ({ done }) =>
      Object.entries(done)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", "),
    ),
    row("processes that ended unasked", ({ crashes }) => crashes),
    row("delivered again without being asked to", ({ attempts }) => attempts.copies),
    row("answers but 200", ({ attempts }) => attempts.fail),
    row("no answer", ({ attempts }) => attempts.info),
    row("seconds of load", ({ loadSeconds }) => loadSeconds),
    row("messages a second", ({ perSecond }) => perSecond),
    row("seconds to idle", ({ idleAfterSeconds }) => idleAfterSeconds ?? "never"),
  ].join("\n");
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
