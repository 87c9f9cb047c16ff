/**
 * The filter for a part of one of the fields, in any case of the letters; a phone may be written
 * with spaces and signs. No index carries it: it is looked for within the rest of the filter.
 */
export function searching(search: string | undefined, fields: readonly string[]): object {
  if (search === undefined || search.trim() === "") return {};
  const isPhone = /^[+\d\s()-]+$/.test(search) && /\d/.test(search);
  const part = isPhone ? search.replaceAll(/\D/g, "") : search.trim();
  const $regex = part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  return { $or: fields.map((field) => ({ [field]: { $regex, $options: "i" } })) };
}
