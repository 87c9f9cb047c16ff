import type { ChannelSettings } from "#cli/channels/channel-flags.ts";
import { UsageError } from "#cli/failures.ts";
import { keepBots, type Channel } from "#shared/models/channels.ts";
import { compact } from "#shared/providers/compact.ts";

/** What the flags change on a channel, secrets apart. */
export interface Changes {
  readonly set: Partial<Channel>;
  readonly unset: readonly (keyof Channel)[];
}

/** Pure; `none` takes a setting away. */
export function readChanges(flags: ChannelSettings, provider: string): Changes {
  const windowTemplate = readTemplate(flags);
  const optional = {
    open: flags.open,
    apiUrl: flags.apiUrl,
    pollEveryMs: flags.pollEveryMs,
    pollPaths: flags.pollPaths,
    pollHeader: flags.pollHeader,
    pollItems: flags.pollItems,
    holdMs: flags.holdMs,
    perSecond: flags.perSecond,
    pairIntervalMs: flags.pairIntervalMs,
    pairBurst: flags.pairBurst,
    phone: flags.phone,
    wabaId: flags.waba,
    windowTemplate,
  };
  const bots = flags.bot === undefined ? undefined : keepBots(flags.bot);
  return {
    set: {
      ...bots?.set,
      ...compact({
        name: flags.name,
        externalId: flags.externalId,
        key: flags.key,
        allowFrom: flags.allowFrom,
        defaultOf: flags.default === true ? provider : undefined,
        unknownPolicy: flags.unknownPolicy,
        active: flags.inactive === true ? false : undefined,
        open: givenOf(flags.open),
        apiUrl: givenOf(flags.apiUrl),
        delivery: flags.delivery,
        pollEveryMs: givenOf(flags.pollEveryMs),
        pollPaths: givenOf(flags.pollPaths),
        pollHeader: givenOf(flags.pollHeader),
        pollItems: givenOf(flags.pollItems),
        holdMs: givenOf(flags.holdMs),
        perSecond: givenOf(flags.perSecond),
        pairIntervalMs: givenOf(flags.pairIntervalMs),
        pairBurst: givenOf(flags.pairBurst),
        phone: givenOf(flags.phone),
        wabaId: givenOf(flags.waba),
        signIn: flags.signIn,
        answersCrm: flags.answerCrm,
        windowTemplate: givenOf(windowTemplate),
      }),
    },
    unset: [...fieldsWithNone(optional), ...(bots?.unset ?? [])],
  };
}

const givenOf = <Value>(value: Value): Exclude<Value, "none"> | undefined =>
  isGiven(value) ? value : undefined;

const isGiven = <Value>(value: Value): value is Exclude<Value, "none"> => value !== "none";

const fieldsWithNone = <Field extends keyof Channel>(
  optional: Readonly<Record<Field, unknown>>,
): readonly Field[] => {
  const fields: Field[] = [];
  for (const field in optional) if (optional[field] === "none") fields.push(field);
  return fields;
};

function readTemplate({ windowTemplate: name, windowLanguage: language }: ChannelSettings) {
  if (name === "none") return name;
  if (name === undefined && language === undefined) return undefined;
  if (name === undefined || language === undefined)
    throw new UsageError("--window-template and --window-language belong together: give both");
  return { name, language };
}
