const forms = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})[./](?<month>\d{1,2})(?:[./](?<year>\d{4}|\d{2}))?$/,
];

/** A date as people write it (5.5.2026, 05/05/26, 5.5, 2026-05-05), day before month, as ISO 8601. */
export const readDate = (text: string, now: number): string | undefined => {
  const groups = forms.map((form) => form.exec(text.trim())?.groups).find(Boolean);
  if (groups === undefined) return undefined;
  const { day = "", month = "", year } = groups;
  const today = new Date(now).toISOString().slice(0, 10);
  if (year !== undefined) return toIso(year.padStart(4, "20"), month, day);
  const thisYear = today.slice(0, 4);
  const date = toIso(thisYear, month, day);
  if (date === undefined || date >= today) return date;
  return toIso(String(Number(thisYear) + 1), month, day);
};

/** Undefined for a day that no calendar has. */
const toIso = (year: string, month: string, day: string): string | undefined => {
  const iso = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return undefined;
  return new Date(time).toISOString().startsWith(iso) ? iso : undefined;
};
