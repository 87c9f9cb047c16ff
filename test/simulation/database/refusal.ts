/** One operation that the server refuses: as a value of its own, because a batch goes on after it. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
