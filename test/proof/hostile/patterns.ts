import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { maxTextLength } from "../../../src/shared/bot/limits.ts";
import { compilePattern } from "../../../src/shared/bot/pattern.ts";
import { claimOf, type Claim } from "./claim.ts";
import type { Stage } from "./stage.ts";

interface BadPattern {
  readonly family: string;
  readonly pattern: string;
  /** What a backtracking engine would not finish. */
  readonly evil: string;
}

const leastPatterns = 1000;
const mostMs = 100;

/** Known ways to hang a pattern engine, each compiled or refused and matched against its own input. */
export async function measurePatterns({ isTimed }: Stage): Promise<Claim> {
  const patterns = [...writePatterns()];
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const faults: string[] = [];
  const counts = { compiled: 0, refused: 0 };
  let slowest = { ms: 0, pattern: "" };
  await nextTurn();
  delay.enable();
  for (const bad of patterns) {
    const { outcome, ms } = time(bad);
    counts[outcome] += 1;
    if (ms > slowest.ms) slowest = { ms, pattern: bad.pattern.slice(0, 60) };
    if (mustBeRefused.has(bad.family) && outcome === "compiled")
      faults.push(`${bad.family} was compiled: ${bad.pattern}`);
    if (isTimed && ms >= mostMs)
      faults.push(`${bad.family}, ${ms.toFixed(0)} ms: ${bad.pattern.slice(0, 200)}`);
    await nextTurn();
  }
  delay.disable();
  const delayMs = delay.max / 1e6;
  if (patterns.length < leastPatterns) faults.push(`only ${patterns.length} patterns`);
  const times = {
    slowestMs: Math.round(slowest.ms * 10) / 10,
    slowestPattern: slowest.pattern.replaceAll("|", "¦"),
    longestEventLoopDelayMs: Math.round(delayMs * 10) / 10,
  };
  return claimOf(
    "hostile-patterns",
    {
      patterns: patterns.length,
      families: new Set(patterns.map(({ family }) => family)).size,
      ...counts,
      ...(isTimed ? times : {}),
    },
    faults,
  );
}

const tries = 3;

/** The least of three: what other programs took of the time is not the pattern's. */
function time(bad: BadPattern): { outcome: "compiled" | "refused"; ms: number } {
  let ms = Infinity;
  for (let tried = 1; ; tried++) {
    const startedAt = performance.now();
    const outcome = run(bad);
    ms = Math.min(ms, performance.now() - startedAt);
    if (ms < mostMs || tried === tries) return { outcome, ms };
  }
}

function run({ pattern, evil }: BadPattern): "compiled" | "refused" {
  let matches: (text: string) => boolean;
  try {
    matches = compilePattern(pattern);
  } catch {
    return "refused";
  }
  matches(evil.slice(0, maxTextLength));
  return "compiled";
}

/** RE2 has none of these: an engine that took them would backtrack. */
const mustBeRefused: ReadonlySet<string> = new Set(["backreference", "lookaround", "possessive"]);

const atoms = [
  "a",
  ".",
  String.raw`\w`,
  String.raw`\s`,
  "[a-z]",
  "[^x]",
  "ж",
  String.raw`\p{L}`,
  "(?:ab)",
  "[a-я]",
];
const evilFor = (atom: string): string => {
  if (atom === String.raw`\s`) return `${" ".repeat(4095)}!`;
  if (atom === "ж") return `${"ж".repeat(4095)}!`;
  return `${(atom === "(?:ab)" ? "ab" : "a").repeat(4095).slice(0, 4095)}!`;
};
const tails = ["$", "x", "!x$", String.raw`\b$`, "b{2}$"];

function* writePatterns(): Generator<BadPattern> {
  yield* refusedSyntax();
  for (const atom of atoms) {
    const evil = evilFor(atom);
    for (const tail of tails) {
      for (const pattern of nestedQuantifiers(atom))
        yield { family: "nested quantifiers", pattern: `${pattern}${tail}`, evil };
      for (const pattern of overlaps(atom))
        yield { family: "overlapping alternation", pattern: `${pattern}${tail}`, evil };
      for (const pattern of adjacent(atom))
        yield { family: "adjacent quantifiers", pattern: `${pattern}${tail}`, evil };
    }
    for (const pattern of countedRepetition(atom))
      yield { family: "counted repetition", pattern, evil };
    for (const pattern of widest(atom)) yield { family: "as large as allowed", pattern, evil };
  }
}

const nestedQuantifiers = (atom: string): readonly string[] => [
  `(${atom}+)+`,
  `(${atom}*)*`,
  `(${atom}+)*`,
  `((${atom}+)+)+`,
  `^(${atom}+)+`,
  `(${atom}{1,})+`,
  `(?:${atom}?${atom}?)+`,
];

const overlaps = (atom: string): readonly string[] => [
  `(${atom}|${atom}${atom})+`,
  `(${atom}|${atom})*`,
  `^(${atom}|${atom}?)+`,
  `(${atom}|[ab]|.)+`,
];

const adjacent = (atom: string): readonly string[] => [
  `${atom}*`.repeat(20),
  `(.*${atom}){20}`,
  `.*${atom}.*${atom}.*${atom}.*`,
  `${atom}+${atom}+${atom}+${atom}+`,
];

const countedRepetition = (atom: string): readonly string[] => [
  `${atom}{1000}`,
  `${atom}{0,1000}x`,
  `(${atom}{0,31}){31}x`,
  `((${atom}{10}){10}){10}`,
  `(((${atom}{2}){8}){8}){8}`,
  `(${atom}?){500}x`,
  `(${atom}?){1000}${atom}{1000}$`,
  `${atom}{1001}`,
  `(${atom}{999}){999}`,
  `(${atom}{1,1000}){1,1000}`,
  `(${atom}*){1000}`,
  `(${atom}|b){999}`,
];

/** Just under the limit of the pattern's size. */
const widest = (atom: string): readonly string[] => [
  ...[50, 90, 140, 190, 290].map((count) => `(${atom}?){${count}}x`),
  ...[50, 90, 140, 190, 290].map((count) => `(.*${atom}){${count}}$`),
  `${atom}?`.repeat(Math.floor(500 / (atom.length + 1))),
  `(?:${Array.from({ length: 60 }, (_, n) => `${atom}x${n}`).join("|")})+$`.slice(0, 512),
  "(".repeat(250) + atom + ")".repeat(250),
  `${"(?:".repeat(120)}${atom}${")+".repeat(120)}`,
];

function* refusedSyntax(): Generator<BadPattern> {
  const evil = `${"a".repeat(4095)}!`;
  for (const atom of atoms) {
    for (const pattern of [
      `(${atom}+)\\1+$`,
      `(?P<n>${atom})\\1`,
      `(${atom})(${atom})\\2\\1$`,
      `(?<n>${atom}+)\\k<n>`,
    ])
      yield { family: "backreference", pattern, evil };
    for (const mark of ["?=", "?!", "?<=", "?<!"])
      for (const pattern of [
        `(${mark}${atom}+)+$`,
        `(${mark}(${atom}+)+)b`,
        `^(${mark}.*${atom}).*$`,
      ])
        yield { family: "lookaround", pattern, evil };
    for (const pattern of [`(?>${atom}+)+$`, `${atom}++$`, `(${atom}*+)*$`])
      yield { family: "possessive", pattern, evil };
  }
}
