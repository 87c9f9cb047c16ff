import { expect, test } from "vitest";
import { renderFlameGraph } from "./render-flame-graph.ts";

const frame = (name: string) => ({ name, place: "", selfUs: 5, totalUs: 5, children: [] });
const profileIn = (html: string): unknown =>
  JSON.parse(/<script type="application\/json"[^>]*>([^<]*)<\/script>/.exec(html)?.[1] ?? "");

test("the page holds the whole profile, whatever its functions are called", () => {
  const root = { ...frame("(root)"), children: [frame("</script><img onerror>"), frame("$& $1")] };

  const html = renderFlameGraph("workers", root);

  expect(profileIn(html)).toEqual({ title: "workers", root });
});

test("the page asks for nothing from anywhere", () => {
  const html = renderFlameGraph("api", frame("(root)"));

  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/\b(src|href)=|url\(|@import|https?:/);
});
