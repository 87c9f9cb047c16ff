/** What was asked did not come in time; it may still happen. */
export class TooLate extends Error {
  constructor(what: string, budgetMs: number) {
    super(`${what} gave no answer in ${budgetMs} ms`);
    this.name = "TooLate";
  }
}

/** Waits for the answer, but no longer than the budget. */
export function within<Value>(
  what: string,
  budgetMs: number,
  run: () => Promise<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate(what, budgetMs)), budgetMs);
    run()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
