/** How many documents one MongoDB command asks for or changes, as far as its text tells. */
export function documentsIn(command: Readonly<Record<string, unknown>>): number {
  const { documents, updates, deletes, filter, q } = command;
  for (const list of [documents, updates, deletes]) if (Array.isArray(list)) return list.length;
  return askedFor(filter ?? q);
}

/** A `$in` asks for as many as it lists; anything else counts as one. */
function askedFor(filter: unknown): number {
  if (typeof filter !== "object" || filter === null) return 1;
  for (const condition of Object.values(filter)) {
    const list: unknown =
      typeof condition === "object" && condition !== null ? condition.$in : undefined;
    if (Array.isArray(list)) return list.length;
  }
  return 1;
}
