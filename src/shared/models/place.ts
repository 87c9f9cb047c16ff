/** Where a list that is sorted by time stopped: the youngest come first. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/** The filter for what comes after a place, in a list by `field` and then by `_id`. */
export const after = (field: string, place: Place | undefined): object =>
  place === undefined
    ? {}
    : {
        [field]: { $lte: place.at },
        $or: [{ [field]: { $lt: place.at } }, { _id: { $lt: place.id } }],
      };
