type Handler = (input: unknown) => unknown;

/** The other side of `startHelper`: ends when whoever asks is gone. */
export function answerAsks(handlers: Readonly<Record<string, Handler>>): void {
  process.on("disconnect", () => process.exit(0));
  process.on("message", (message) => {
    if (typeof message !== "object" || message === null) return;
    if (!("id" in message) || !("name" in message) || !("input" in message)) return;
    const { id, name, input } = message;
    answer(handlers[String(name)], input).then(
      (answered) => process.send?.({ id, answer: answered }),
      (error: unknown) => process.send?.({ id, fault: String(error) }),
    );
  });
}

async function answer(handler: Handler | undefined, input: unknown): Promise<unknown> {
  if (handler === undefined) throw new Error("asked for something that nobody answers");
  return handler(input);
}
