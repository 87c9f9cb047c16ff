export type CrmKeys = ReturnType<typeof createCrmKeys>;

/** Every crmMessageId of the last 60 s: https://wazzup24.com/help/api-en/sending-messages/ */
export function createCrmKeys(deps: { readonly windowMs: number; readonly now: () => number }) {
  const takenAt = new Map<string, number>();
  const forgetOld = (): void => {
    for (const [key, at] of takenAt) if (deps.now() - at >= deps.windowMs) takenAt.delete(key);
  };
  return {
    isTaken(key: string): boolean {
      forgetOld();
      return takenAt.has(key);
    },
    take: (key: string): void => void takenAt.set(key, deps.now()),
  };
}
