import type { Connector } from "#shared/crm/connector.ts";
import * as registered from "#shared/crm/registered.ts";

const connectors: ReadonlyMap<string, Connector> = new Map(Object.entries(registered));

/** The connector of that name, or undefined. */
export const findConnector = (name: string): Connector | undefined => connectors.get(name);
