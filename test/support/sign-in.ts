import { ulid } from "ulid";
import type { Role } from "../../src/shared/domain/access.ts";
import { hashPassword } from "../../src/shared/runtime/password.ts";
import { createAsk } from "./ask.ts";
import type { TestSystem } from "./system.ts";

const password = "correct horse battery";

/** A person of the system's tenant, and how they ask its real API process. */
export async function signIn({ api, models }: TestSystem, role: Role = "operator") {
  const now = new Date();
  const id = ulid().toLowerCase();
  const email = `${id}@example.com`;
  await models.users.create({
    _id: id,
    schemaVersion: 1,
    tenantId: "tenant",
    role,
    name: "Оператор",
    email,
    passwordHash: await hashPassword(password),
    active: true,
    generation: 1,
    createdAt: now,
    updatedAt: now,
  });
  const { ask } = await createAsk(api.url);
  const again = async () => {
    const { body } = await ask("POST", "/auth/login", { body: { email, password } });
    return { token: String(body["accessToken"]) };
  };
  const { token } = await again();
  const send = (method: string, path: string, body: object, key?: string) =>
    ask(method, path, {
      body,
      token,
      ...(key === undefined ? {} : { headers: { "idempotency-key": key } }),
    });
  return {
    id,
    token,
    again,
    send,
    get: (path: string) => ask("GET", path, { token }),
    post: (path: string, given: object = {}, key?: string) => send("POST", path, given, key),
  };
}
