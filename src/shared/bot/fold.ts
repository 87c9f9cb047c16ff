/** Two texts that a person takes for the same fold to the same: case, outer space, composed letters. */
export const fold = (text: string): string => text.normalize("NFC").trim().toLowerCase();
