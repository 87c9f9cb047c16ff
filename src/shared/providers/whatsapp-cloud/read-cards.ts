import type { SharedContact } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { WireCard } from "./wire.ts";

const mostCards = 20;
const mostPhones = 10;

/** Cards that a customer handed on: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components */
export const readCards = (cards: readonly (WireCard | null)[]): readonly SharedContact[] =>
  cards
    .filter((card) => card !== null)
    .slice(0, mostCards)
    .map(({ name, phones, emails, org }) =>
      compact({
        name: name?.formatted_name ?? name?.first_name,
        phones: phones
          .flatMap((each) => each?.phone ?? (each?.wa_id === undefined ? [] : `+${each.wa_id}`))
          .slice(0, mostPhones),
        company: org?.company,
        email: emails[0]?.email,
      }),
    );
