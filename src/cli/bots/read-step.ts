import type { Answered, Said } from "#shared/domain/session.ts";

/** What one line of input stands for: the customer's words, a press, a file, a call's answer, or time that passes. */
export type Step =
  | { readonly said: Said }
  | { readonly waitMs: number }
  | Pick<Answered, "isOk" | "values">;

const unitMs = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/** Lines that begin with none of these words are what the customer writes. */
export function readStep(line: string): Step {
  const wait = /^\/wait (\d{1,6})([smhd])$/.exec(line.trim());
  if (wait !== null) return { waitMs: Number(wait[1]) * (unitMs.get(wait[2] ?? "") ?? 0) };
  const answer = /^\/answer (ok|error)((?: \S+=\S*)*)$/.exec(line.trim());
  if (answer !== null) return { isOk: answer[1] === "ok", values: readValues(answer[2] ?? "") };
  const press = /^\/press (\S+)(?: (.*))?$/.exec(line);
  if (press !== null)
    return { said: { text: press[2] ?? "", payload: press[1] ?? "", messageType: "button_reply" } };
  const file = /^\/image(?: (.*))?$/.exec(line);
  if (file !== null) return { said: { text: file[1] ?? "", messageType: "image" } };
  return { said: { text: line } };
}

/** ` a=1 b=2` */
const readValues = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(" ")
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
