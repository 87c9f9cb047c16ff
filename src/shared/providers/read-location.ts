import type { SharedLocation } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";

type Told = { readonly [Field in keyof SharedLocation]?: SharedLocation[Field] | undefined };

/** A place that a customer shows; without coordinates it is none. */
export const readLocation = (told: Told | undefined): SharedLocation | undefined => {
  const { latitude, longitude, name, address } = told ?? {};
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude, longitude, ...compact({ name, address }) };
};
