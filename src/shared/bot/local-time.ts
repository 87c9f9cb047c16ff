/** A moment as the clocks of one place show it. */
export interface LocalTime {
  /** "mon" … "sun" */
  readonly day: string;
  /** 2026-12-31 */
  readonly date: string;
  /** 00:00 … 23:59 */
  readonly time: string;
}

/** Throws where no such time zone is known. */
export const createLocalClock = (timeZone: string): ((now: number) => LocalTime) => {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (now) => {
    const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const read = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
    return {
      day: read("weekday").slice(0, 3).toLowerCase(),
      date: [read("year"), read("month"), read("day")].join("-"),
      time: `${read("hour")}:${read("minute")}`,
    };
  };
};
