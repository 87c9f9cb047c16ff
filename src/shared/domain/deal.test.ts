import { expect, test } from "vitest";
import { openDeal, type DealWish, type Pipeline } from "./deal.ts";

const at = new Date("2026-11-21T12:00:00Z");
const pipelineOf = (_id: string, name: string, ...stages: readonly string[]): Pipeline => ({
  _id,
  schemaVersion: 1,
  tenantId: "tenant",
  name,
  currency: "RUB",
  stages: stages.map((stage, index) => ({ id: `${_id}-${index}`, name: stage })),
  createdAt: at,
});
const sales = pipelineOf("sales", "Продажи", "Новая", "В работе");
const repairs = pipelineOf("repairs", "Repairs", "Taken in", "Done");

const open = (wish: Partial<DealWish>) => {
  const whole = { _id: "d", tenantId: "tenant", contactId: "c", title: "Haircut", fields: {}, at };
  return openDeal({ ...whole, ...wish }, [sales, repairs]);
};

test("a deal that names no place begins in the first stage of the first pipeline", () => {
  expect(open({})).toMatchObject({
    pipelineId: "sales",
    stageId: "sales-0",
    status: "open",
    currency: "RUB",
    history: [{ at, to: "sales-0" }],
  });
});

test("pipeline and stage are found by id or by name, whatever the letters' case", () => {
  const place = { pipelineId: "repairs", stageId: "repairs-1" };
  expect(open({ pipeline: "repairs", stage: "repairs-1" })).toMatchObject(place);
  expect(open({ pipeline: "REPAIRS", stage: " done " })).toMatchObject(place);
  expect(open({ stage: "в РАБОТЕ" })).toMatchObject({ stageId: "sales-1" });
});

test("what the tenant does not have is told by the deal, which is made all the same", () => {
  expect(open({ pipeline: "Sale", stage: "Nowhere" })).toMatchObject({
    pipelineId: "sales",
    stageId: "sales-0",
    unknown: { pipeline: "Sale", stage: "Nowhere" },
  });
  expect(open({ stage: "новая" })).not.toHaveProperty("unknown");
});
