/** How many letters must be changed, put in or left out to make one text of the other. */
export const countEdits = (from: string, to: string): number => {
  const letters = Array.from(to);
  let above = [0, ...letters.map((_, index) => index + 1)];
  for (const [line, letter] of Array.from(from).entries()) {
    const row = [line + 1];
    for (const [index, other] of letters.entries()) {
      const changed = (above[index] ?? 0) + (letter === other ? 0 : 1);
      row.push(Math.min(changed, (above[index + 1] ?? 0) + 1, (row[index] ?? 0) + 1));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
};
