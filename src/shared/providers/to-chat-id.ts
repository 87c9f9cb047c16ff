const phone = /^\+?[\d\s()-]{5,24}$/;

/** A phone as people write it becomes the provider's chat id; every other id stays as it is. */
export function toChatId(provider: string, to: string): string {
  if (!phone.test(to)) return to;
  const digits = to.replaceAll(/\D/g, "");
  return provider === "green-api" ? `${digits}@c.us` : digits;
}
