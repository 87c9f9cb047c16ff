import type { Command } from "#shared/domain/command.ts";
import { textOfCommand } from "#shared/domain/text-of-command.ts";
import type { BotEffect, BotTurn } from "#shared/domain/session.ts";

/** A turn of the bot as lines for a person. */
export function describeTurn({ effects, session, timeoutMs }: BotTurn): readonly string[] {
  return [
    ...effects.flatMap(describeEffect),
    ...(timeoutMs === undefined ? [] : [`  (waits ${timeoutMs / 1000} s)`]),
    ...(session.nodeId === undefined ? ["  (the scenario is over)"] : []),
  ];
}

function describeEffect(effect: BotEffect): readonly string[] {
  switch (effect.kind) {
    case "send":
      return describeCommand(effect.command);
    case "save":
      return [`  (customer.metadata.${effect.field} = ${effect.value})`];
    case "tag":
      return [`  (${effect.remove === true ? "loses" : "gets"} the tag ${effect.tag})`];
    case "deal":
      return [
        `  (deal: ${[effect.title, effect.amount, effect.stage].filter(Boolean).join(", ")})`,
      ];
    case "request":
      return [
        `  (calls ${effect.request.method} ${effect.request.url}: answer with /answer ok NAME=VALUE … or /answer error)`,
      ];
    case "takeover":
    default:
      return ["  (a person takes over; what you write next is as after the handback)"];
  }
}

function describeCommand(command: Command): readonly string[] {
  switch (command.type) {
    case "text":
      return [`bot: ${command.text}`];
    case "buttons":
      return [`bot: ${command.text}`, ...number(command.buttons.map(({ title }) => title))];
    case "list": {
      const rows = command.sections.flatMap((section) => section.rows);
      return [`bot: ${command.text}`, ...number(rows.map(({ title }) => title))];
    }
    case "template":
      return [`bot: <template ${[command.name, ...(command.bodyTexts ?? [])].join(", ")}>`];
    case "read":
    case "typing":
      return [];
    case "poll":
      return [`bot: ${command.text}`, ...number(command.options)];
    case "location":
    case "contacts":
    case "reaction":
    case "form":
      return [`bot: <${command.type} ${textOfCommand(command) ?? ""}>`];
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return [
        `bot: <${[command.type, command.link ?? command.mediaId, command.caption].filter(Boolean).join(" ")}>`,
      ];
  }
}

const number = (titles: readonly string[]): readonly string[] =>
  titles.map((title, index) => `  ${index + 1}. ${title}`);
