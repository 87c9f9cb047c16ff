import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem();
afterAll(system.stop);
const { whatsapp } = system;
const { get, post } = await signIn(system);
const path = "/api/v1/alerts";

const listed = async (query: string) => (await get(`${path}?${query}`)).body["items"];

/** A reply whose answer is lost while no receipt comes. */
async function holdReplyTo(from: string): Promise<string> {
  whatsapp.switches.set({ holdStatuses: true, dropAfter: { next: 1 } });
  await whatsapp.customerSays({ from, text: "Hello" });
  return eventually(async () => {
    const [send] = (await system.readOutgoing()).filter(({ peer }) => peer === from);
    expect(send?.state).toBe("held");
    return String(send?._id);
  }, 20_000);
}

test("a held send is shown until a receipt tells that it arrived", async () => {
  const id = await holdReplyTo("447700900160");

  expect(await listed("kind=send.held")).toMatchObject([
    { id: `send.held|${id}`, subject: id, channel_id: "whatsapp", count: 1, ended_at: null },
  ]);
  whatsapp.switches.set({ holdStatuses: false });

  await eventually(async () => expect(await listed("kind=send.held")).toEqual([]), 20_000);
  expect(await listed("state=ended")).toMatchObject([{ subject: id }]);
});

test("what a person has seen to is no longer listed, and comes back with the same trouble", async () => {
  const trouble = { tenantId: "tenant", channelId: "whatsapp", kind: "provider.error" } as const;
  const raise = () =>
    system.models.alerts.raise({ ...trouble, subject: "a b/ц", text: "Look" }, new Date());
  await raise();
  const id = encodeURIComponent("provider.error|a b/ц");

  const ended = await post(`${path}/${id}/end`);
  const after = await listed("kind=provider.error");
  await raise();

  expect(ended).toMatchObject({ status: 200, body: { ended_at: expect.any(String) } });
  expect(after).toEqual([]);
  expect(await listed("kind=provider.error")).toMatchObject([{ count: 2, ended_at: null }]);
});
