// One customer's message through the simulator: the webhook must be taken and the bot must answer.
// The simulator listens to its own machine only, so this is run there:
//   docker compose exec -T simulators node --input-type=module - < scripts/images/hello.mjs
const answer = await fetch("http://127.0.0.1:4010/_simulator/say", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ text: "Привет", waitMs: 15_000 }),
});
const said = await answer.json();
if (said.webhookStatus !== 200) fail(`the webhook was not taken: ${JSON.stringify(said)}`);
if (!said.replies?.length) fail("the bot did not reply within 15 s");
console.log(`webhook ${said.webhookStatus}, reply: ${JSON.stringify(said.replies[0].text)}`);

function fail(reason) {
  console.error(reason);
  process.exit(1);
}
