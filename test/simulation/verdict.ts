/** What a run broke; `property` is one of the promises, `detail` says of what. */
export class Violation extends Error {
  readonly property: Property;

  constructor(property: Property, detail: string) {
    super(`${property}: ${detail}`);
    this.property = property;
  }
}

export type Property =
  | "nothing acknowledged is lost"
  | "no double turn"
  | "no double reply"
  | "no double deal"
  | "inbound order"
  | "outbound order"
  | "what is late is marked"
  | "quiescence";
