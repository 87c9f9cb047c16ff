import { createInterface } from "node:readline";
import { z } from "zod";
import { describeTurn } from "#cli/bots/describe-turn.ts";
import { readFlow } from "#cli/bots/read-flow.ts";
import { readStep, type Step } from "#cli/bots/read-step.ts";
import { defineCommand } from "#cli/define-command.ts";
import { rehearse } from "#shared/bot/rehearse.ts";
import type { BotTurn } from "#shared/domain/session.ts";

const hint =
  "Write what the customer says. /wait 30s (m, h, d) lets time pass, /press ID LABEL presses a button, /image CAPTION sends one, /answer ok NAME=VALUE or /answer error ends a call. Ctrl-D ends.\n";

/** Answers line by line while it runs; needs no settings and no server. */
export const botRun = defineCommand({
  name: "bot run",
  summary: "Talks to a flow here: each line of input is what the customer says",
  operands: "FILE",
  options: {
    name: { value: "NAME", help: "the customer's name" },
    phone: { value: "DIGITS", help: "the customer's phone" },
    at: { value: "TIME", help: "when it begins, ISO 8601; default: now" },
  },
  schema: z.object({
    name: z.string().exactOptional(),
    phone: z.string().exactOptional(),
    at: z.iso.datetime({ offset: true }).transform(Date.parse).exactOptional(),
    operands: z.tuple([z.string()], { error: "name one flow file" }),
  }),
  run: async ({ json, at = Date.now(), operands: [file], ...contact }) => {
    const { flow } = await readFlow(file);
    const stage = rehearse({ flow, contact, startsAt: at });
    if (process.stdin.isTTY) process.stderr.write(hint);
    for await (const line of createInterface({ input: process.stdin })) {
      const step = readStep(line);
      const turns = takeStep(stage, step);
      for (const turn of turns.filter((each) => each !== undefined)) {
        const lines = json ? [JSON.stringify({ in: line, ...turn })] : describeTurn(turn);
        process.stdout.write(lines.map((text) => `${text}\n`).join(""));
      }
    }
    return "";
  },
});

function takeStep(
  { say, wait, answer }: ReturnType<typeof rehearse>,
  step: Step,
): readonly (BotTurn | undefined)[] {
  if ("waitMs" in step) return wait(step.waitMs);
  return ["said" in step ? say(step.said) : answer(step.isOk, step.values)];
}
