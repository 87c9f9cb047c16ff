import type { ApiDeps } from "#api/deps.ts";

/** Answers a connection that asks to come in: undefined lets it; what goes wrong is told as an outage. */
export function answerWith(
  { background, log }: Pick<ApiDeps, "background" | "log">,
  ask: () => Promise<Error | undefined>,
  next: (refusal?: Error) => void,
): void {
  background.run("live.admit", async () => {
    const refusal = await ask().catch((error: unknown) => {
      log.warn({ event: "live.unasked", err: error });
      return new Error("The database did not answer: try again");
    });
    next(refusal);
  });
}
