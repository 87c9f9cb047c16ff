/** The first `max` UTF-16 units, never half of a letter that takes two. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const cutsPair = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, cutsPair ? max - 1 : max);
};
