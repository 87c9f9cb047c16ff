import { z } from "zod";
import { createLocalClock } from "#shared/bot/local-time.ts";
import { defineNode } from "#shared/bot/node.ts";

const timeField = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "takes HH:MM");

const hoursField = z
  .tuple([timeField, timeField])
  .refine(([from, until]) => from < until, "must end after it begins: over midnight takes two");

const weekField = z.partialRecord(
  z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
  z.array(hoursField).max(10),
);

const ruleSchema = z.object({
  timeZone: z.string().max(100),
  schedule: weekField,
  /** Closed all day. */
  holidays: z.array(z.iso.date()).max(400).default([]),
});

type Rule = z.infer<typeof ruleSchema>;

/** An unknown time zone refuses the flow. */
const dataSchema = ruleSchema.transform((rule, context) => {
  try {
    return { isOpen: createSchedule(rule) };
  } catch {
    const message = `"${rule.timeZone}" is no time zone: write one as Europe/Moscow`;
    context.addIssue({ code: "custom", path: ["timeZone"], message });
    return z.NEVER;
  }
});

const createSchedule = ({ timeZone, schedule, holidays }: Rule): ((now: number) => boolean) => {
  const readClock = createLocalClock(timeZone);
  const week = new Map<string, Rule["schedule"]["mon"]>(Object.entries(schedule));
  return (now) => {
    const { day, date, time } = readClock(now);
    const hours = holidays.includes(date) ? [] : (week.get(day) ?? []);
    return hours.some(([from, until]) => from <= time && time < until);
  };
};

/** Sends nothing: goes by "open" or "closed". */
export default defineNode({
  type: "business_hours",
  data: dataSchema,
  outcomes: () => [["open"], ["closed"]],
  enter: ({ isOpen }, { now }) => ({ next: isOpen(now) ? "open" : "closed", effects: [] }),
});
