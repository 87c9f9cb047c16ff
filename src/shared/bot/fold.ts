/**
 * Two texts that a person takes for the same fold to the same: case in every script (ß as ss, both
 * small sigmas), outer space, composed letters.
 */
export const fold = (text: string): string =>
  text.normalize("NFC").trim().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
