import { z } from "zod";
import { readTimeout, textField, timeoutField } from "#shared/bot/fields.ts";
import type { NodeContext, NodeStep, WaitStep } from "#shared/bot/node.ts";
import { say } from "#shared/bot/say.ts";
import type { BotEffect, Said } from "#shared/domain/session.ts";

/** Fields of every node that asks: how long and how often it waits for an answer that it can take. */
export const patienceFields = {
  timeoutSeconds: timeoutField.exactOptional(),
  /** Sent one after another, `timeoutSeconds` apart; then the "timeout" edge is taken. */
  reminder: z
    .union([textField, z.array(textField).max(10)])
    .transform((texts) => [texts].flat())
    .default([]),
  attempts: z.int().min(1).max(20).default(3),
  retryText: textField.exactOptional(),
  mediaText: textField.exactOptional(),
};

const patienceSchema = z.object(patienceFields);
export type Patience = z.infer<typeof patienceSchema>;

/** A reminder goes out when the time is up. */
export const remindsInTime = ({ reminder, timeoutSeconds }: Patience): boolean =>
  reminder.length === 0 || timeoutSeconds !== undefined;

export const untimedReminder = { path: ["reminder"], error: "needs timeoutSeconds" };

type Counts = Pick<WaitStep, "attempts" | "reminders">;

/** A new wait, with the node's own timer. */
export const waitOn = (
  { timeoutSeconds }: Patience,
  effects: readonly BotEffect[],
  counts: Counts = {},
): WaitStep => ({ wait: true, effects, ...readTimeout(timeoutSeconds), ...counts });

/** The time is up: the next reminder, then the "timeout" edge; without one the question stays open. */
export const remind = (
  data: Patience,
  { render, leads, wait }: NodeContext,
): NodeStep | undefined => {
  const reminder = data.reminder[wait.reminders];
  if (reminder === undefined)
    return leads("timeout") ? { next: "timeout", effects: [] } : undefined;
  const counts = { attempts: wait.attempts, reminders: wait.reminders + 1 };
  return waitOn(data, say(render(reminder)), counts);
};

interface Refused {
  readonly said: Said;
  /** What asks once more; `text` in place of the question where the node has a text for that. */
  readonly ask: (text: string | undefined) => readonly BotEffect[];
}

/** The answer was not taken: asks again, and after the last attempt leaves by "invalid". */
export const askAgain = (
  data: Patience,
  context: NodeContext,
  { said, ask }: Refused,
): NodeStep => {
  const attempts = context.wait.attempts + 1;
  if (attempts >= data.attempts) return { next: "invalid", effects: [] };
  const text = (isMediaOnly(said) ? data.mediaText : undefined) ?? data.retryText;
  return waitOn(data, ask(text), { attempts });
};

const mediaTypes: ReadonlySet<Said["messageType"]> = new Set([
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
] as const);

/** A file without a caption says nothing that a question could take. */
export const isMediaOnly = ({ messageType, text }: Said): boolean =>
  mediaTypes.has(messageType) && text.trim() === "";
