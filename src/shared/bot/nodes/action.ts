import { z } from "zod";
import { clip } from "#shared/bot/clip.ts";
import { saveAsField, textField } from "#shared/bot/fields.ts";
import { maxTagLength, maxVariableLength } from "#shared/bot/limits.ts";
import { defineNode, type NodeContext } from "#shared/bot/node.ts";
import { readNumber } from "#shared/bot/read-value.ts";
import type { BotEffect, DealEffect } from "#shared/domain/session.ts";

const nameField = z.string().trim().min(1).max(200);

const dealSchema = z.object({
  actionType: z.literal("create_deal"),
  /** The deal's title; `value` is the same in the spelling of the other actions. */
  title: textField.exactOptional(),
  value: textField.exactOptional(),
  amount: z.union([z.number().nonnegative(), textField]).exactOptional(),
  pipeline: nameField.exactOptional(),
  stage: nameField.exactOptional(),
});

const dataSchema = z.discriminatedUnion("actionType", [
  z.object({ actionType: z.literal("save_to_crm"), field: saveAsField, value: textField }),
  dealSchema,
  z.object({ actionType: z.enum(["assign_tag", "remove_tag"]), value: textField }),
  z.object({ actionType: z.literal("human_takeover") }),
]);

/** Sends nothing: changes what is known of the customer, opens a deal or calls a person. */
export default defineNode({
  type: "action",
  data: dataSchema,
  enter: (data, context) => ({ next: undefined, effects: act(data, context) }),
});

const act = (data: z.infer<typeof dataSchema>, context: NodeContext): readonly BotEffect[] => {
  switch (data.actionType) {
    case "save_to_crm": {
      const value = clip(context.render(data.value), maxVariableLength);
      return [{ kind: "save", field: data.field, value }];
    }
    case "create_deal":
      return [openDeal(data, context)];
    case "assign_tag":
    case "remove_tag": {
      const tag = clip(context.render(data.value).trim(), maxTagLength);
      const removes = data.actionType === "remove_tag" && ({ remove: true } as const);
      return tag === "" ? [] : [{ kind: "tag", tag, ...removes }];
    }
    case "human_takeover":
    default:
      return [{ kind: "takeover" }];
  }
};

const openDeal = (deal: z.infer<typeof dealSchema>, context: NodeContext): DealEffect => {
  const { pipeline, stage } = deal;
  const { contact, variables } = context;
  const title = context.render(deal.title ?? deal.value ?? "").trim();
  const amount = readNumber(context.render(String(deal.amount ?? "")));
  return {
    kind: "deal",
    title: clip(title || contact.name || contact.phone || "–", maxVariableLength),
    ...(pipeline !== undefined && { pipeline }),
    ...(stage !== undefined && { stage }),
    ...(amount !== undefined && { amount: Number(amount) }),
    fields: variables,
  };
};
