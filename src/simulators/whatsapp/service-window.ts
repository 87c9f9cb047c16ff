/**
 * Free-form messages may go out for 24 hours after the customer's last one.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
const windowMs = 24 * 60 * 60 * 1000;

export type ServiceWindows = ReturnType<typeof createServiceWindows>;

export function createServiceWindows(now: () => number) {
  const lastInbound = new Map<string, number>();
  return {
    noteInbound(phoneNumberId: string, customer: string, at: number): void {
      const id = key(phoneNumberId, customer);
      lastInbound.set(id, Math.max(at, lastInbound.get(id) ?? 0));
    },

    isOpen(phoneNumberId: string, customer: string): boolean {
      const at = lastInbound.get(key(phoneNumberId, customer));
      return at !== undefined && now() - at < windowMs;
    },
  };
}

function key(phoneNumberId: string, customer: string): string {
  return `${phoneNumberId}|${customer}`;
}
