import type { Provider } from "#shared/providers/provider.ts";
import * as registered from "#shared/providers/registered.ts";

export type ProviderName = keyof typeof registered;

const providers: ReadonlyMap<string, Provider> = new Map(Object.entries(registered));

/** The provider of that name, or undefined. */
export const findProvider = (name: string): Provider | undefined => providers.get(name);
