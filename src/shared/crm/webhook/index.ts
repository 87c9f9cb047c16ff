import { defineConnector } from "#shared/crm/connector.ts";
import { deliver } from "./deliver.ts";

/** A signed POST for each event: https://www.standardwebhooks.com */
export default defineConnector({ name: "webhook", deliver });
