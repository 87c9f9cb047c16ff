import { z } from "zod";
import type { FlowNode } from "#shared/bot/flow-node.ts";
import { fold } from "#shared/bot/fold.ts";
import { maxTextLength, maxWords } from "#shared/bot/limits.ts";
import { compilePattern } from "#shared/bot/pattern.ts";
import { spellPlain } from "#shared/bot/spell-plain.ts";
import type { Heard } from "#shared/domain/session.ts";

/** `start`: while nothing runs. `restart`: always. `leave`: ends this bot's own flow while it runs. */
const doesField = z.enum(["start", "restart", "leave"]).default("start");

/** The flow of the document that begins; without it the main one, and after `leave` none. */
const flowField = z.string().max(64).exactOptional();

const listOf = (longest: number) =>
  z.array(z.string().regex(/\S/, "must not be blank").max(longest)).min(1).max(maxWords);

const longestId = 300;

export const triggerSchema = z
  .discriminatedUnion("on", [
    z.object({ on: z.literal("any"), flow: flowField }),
    z.object({ on: z.literal("first_contact"), flow: flowField }),
    z.object({
      on: z.literal("referral"),
      /** Of ads; without them, any. */
      ids: listOf(longestId).exactOptional(),
      does: doesField,
      flow: flowField,
    }),
    z.object({
      on: z.literal("keyword"),
      words: listOf(maxTextLength),
      match: z.enum(["exact", "contains", "pattern"]).default("exact"),
      does: doesField,
      flow: flowField,
    }),
    z.object({
      on: z.literal("button"),
      payloads: listOf(longestId),
      does: doesField,
      flow: flowField,
    }),
  ])
  .transform((given, context): TriggerDraft => {
    const { on, flow } = given;
    const does = "does" in given ? given.does : "start";
    return { on, does, fires: bindTest(given, context), ...(flow === undefined ? {} : { flow }) };
  });

type Given =
  | { readonly on: "any" | "first_contact" }
  | { readonly on: "referral"; readonly ids?: readonly string[] }
  | ({ readonly on: "keyword" } & Keywords)
  | { readonly on: "button"; readonly payloads: readonly string[] };

interface Keywords {
  readonly words: readonly string[];
  readonly match: "exact" | "contains" | "pattern";
}

type Test = (heard: Heard) => boolean;

const bindTest = (given: Given, context: z.core.$RefinementCtx): Test => {
  switch (given.on) {
    case "any":
      return () => true;
    case "first_contact":
      return ({ isFirst }) => isFirst === true;
    case "referral":
      return ({ referral }) =>
        referral !== undefined && (given.ids?.includes(referral.id ?? "") ?? true);
    case "button":
      return ({ payload }) => payload !== undefined && given.payloads.includes(payload);
    case "keyword":
    default:
      return bindKeywords(given, context);
  }
};

/** What stands on a pressed button is no keyword: its id says what it means. */
const bindKeywords = ({ words, match }: Keywords, context: z.core.$RefinementCtx): Test => {
  const tests = words.map((word, index) => {
    if (match === "exact") return isSaid(word);
    if (match === "contains") return (text: string) => fold(text).includes(fold(word));
    try {
      return compilePattern(word);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", path: ["words", index], message });
      return () => false;
    }
  });
  return ({ payload, texts }) =>
    payload === undefined && texts.some((text) => tests.some((test) => test(text)));
};

const isSaid = (word: string): ((text: string) => boolean) => {
  const [folded, plain] = [fold(word), spellPlain(word)];
  return (text) => fold(text) === folded || (plain !== "" && spellPlain(text) === plain);
};

/** A trigger whose flow is not found yet. */
export interface TriggerDraft {
  readonly on: Given["on"];
  readonly does: "start" | "restart" | "leave";
  readonly flow?: string;
  readonly fires: Test;
}

/** `start`: where it begins. Without it at the beginning, unless an old button leads elsewhere. */
export interface Trigger extends Pick<TriggerDraft, "does" | "fires"> {
  readonly start?: FlowNode;
}
