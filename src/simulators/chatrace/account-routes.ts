import { Router } from "express";
import { refuseContact } from "./chatrace-error.ts";
import type { Contact } from "./contacts.ts";
import type { ChatraceParts } from "./parts.ts";

/** What can be asked about the account and its contacts. */
export function accountRoutes({ config, contacts }: ChatraceParts): Router {
  const router = Router();
  const pageId = Number(config.accountId);
  router.get("/accounts/me", (_request, response) => {
    response.json({ page_id: pageId, name: "Demo Salon", active: true, total_users: 12 });
  });
  router.get("/accounts/flows", (_request, response) => {
    response.json(config.flows.map((id) => ({ id: Number(id), name: `Flow ${id}` })));
  });
  router.get("/contacts/:contactId", ({ params }, response) => {
    const contact = contacts.show(params.contactId);
    if (contact === undefined) throw refuseContact();
    response.json(describe(contact, pageId));
  });
  return router;
}

function describe({ id, name }: Contact, pageId: number) {
  const [first = "", ...rest] = name.split(" ");
  return {
    id,
    page_id: pageId,
    first_name: first,
    last_name: rest.join(" "),
    channel: 10,
    subscribed: 1,
    tags: [],
    custom_fields: [],
  };
}
