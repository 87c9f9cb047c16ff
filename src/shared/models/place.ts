/** Where a list that is sorted by time stopped: the youngest come first. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/** A place as the text of a cursor. */
export const writePlace = ({ at, id }: Place): string => `${at.getTime()}|${id}`;

/** Undefined where the text is none of ours. */
export function readPlace(text: string): Place | undefined {
  const [, ms, id] = /^(\d{1,15})\|(.+)$/s.exec(text) ?? [];
  return ms === undefined || id === undefined ? undefined : { at: new Date(Number(ms)), id };
}

/** The filter for what comes after a place, in a list by `field` and then by `_id`. */
export const after = (field: string, place: Place | undefined): object =>
  place === undefined
    ? {}
    : {
        [field]: { $lte: place.at },
        $or: [{ [field]: { $lt: place.at } }, { _id: { $lt: place.id } }],
      };
