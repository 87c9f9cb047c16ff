import { afterAll, beforeAll, expect, test } from "vitest";
import type { DealWish } from "../../src/shared/domain/deal.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const at = new Date("2026-11-21T12:00:00Z");
const wanted = { name: "Продажи", currency: "RUB", stages: ["Новая", "В работе"] };

const open = (tenantId: string, wish: Partial<DealWish> = {}) => {
  const whole = { _id: `${tenantId}-deal`, contactId: "c", title: "Haircut", fields: {}, at };
  return database.models.deals.open({ ...whole, tenantId, ...wish }, wanted);
};

test("a repeated wish is one deal, in the pipeline that the first wish of a tenant makes", async () => {
  await Promise.all([open("one"), open("one"), open("one", { _id: "another" })]);
  await open("one", { title: "told otherwise" });

  const pipelines = await database.models.pipelines.list("one", wanted, at);
  const deals = await database.models.deals.list("one", { limit: 10 });
  expect(pipelines).toMatchObject([{ name: "Продажи", stages: [{ name: "Новая" }, {}] }]);
  expect(deals.map(({ _id, title }) => [_id, title])).toEqual([
    ["one-deal", "Haircut"],
    ["another", "Haircut"],
  ]);
});

test("a deal moves from where it was seen only, and its history has every step", async () => {
  const { _id, stageId: from } = await open("two");
  const by = { by: "$anna", at };
  const { deals } = database.models;

  const answers = [
    await deals.move("two", _id, { from, to: "stage-2" }, by),
    await deals.move("two", _id, { from, to: "stage-2" }, by),
    await deals.move("other", _id, { from: "stage-2", to: from }, by),
    await deals.close("two", _id, { from: "open", to: "won" }, by),
    await deals.move("two", _id, { from: "stage-2", to: from }, by),
  ];

  expect(answers).toEqual([true, false, false, true, false]);
  expect(await deals.find("two", _id)).toMatchObject({
    stageId: "stage-2",
    status: "won",
    history: [
      { to: "stage-1" },
      { from: "stage-1", to: "stage-2", by: "$anna" },
      { from: "open", to: "won", by: "$anna" },
    ],
  });
});

test("deals are listed by stage and by contact, page by page, the last changed first", async () => {
  for (const second of [1, 2, 3])
    await open("three", {
      _id: `three-${second}`,
      contactId: second === 2 ? "b" : "a",
      at: new Date(at.getTime() + second * 1000),
    });
  const { deals } = database.models;

  const [first, ...others] = await deals.list("three", { stageId: "stage-1", limit: 2 });
  const place = { at: first?.updatedAt ?? at, id: first?._id ?? "" };
  const rest = await deals.list("three", { stageId: "stage-1", after: place, limit: 10 });
  const ofA = await deals.list("three", { contactIds: ["a"], limit: 10 });

  expect([first, ...others].map((deal) => deal?._id)).toEqual(["three-3", "three-2"]);
  expect(rest.map((deal) => deal._id)).toEqual(["three-2", "three-1"]);
  expect(ofA.map((deal) => deal._id)).toEqual(["three-3", "three-1"]);
  expect(await deals.list("three", { stageId: "stage-2", limit: 10 })).toEqual([]);
});
