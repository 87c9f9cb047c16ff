export const phoneStyle = `
body { margin: 0 auto; max-width: 26rem; height: 100vh; display: flex; flex-direction: column;
  font: 16px system-ui, sans-serif; background: #e9e4dc; }
header, form { display: flex; gap: .5rem; align-items: center; padding: .5rem; background: #fff; }
header label { flex: 1; font-size: .8rem; } header input { width: 9rem; }
main { flex: 1; overflow-y: auto; padding: .5rem; display: flex; flex-direction: column; gap: .4rem; }
.bubble { max-width: 80%; padding: .4rem .6rem; border-radius: .6rem; white-space: pre-wrap;
  overflow-wrap: anywhere; background: #fff; align-self: flex-start; }
.mine { background: #d4f5c4; align-self: flex-end; }
.fault { color: #a00; font-size: .8rem; }
.bubble button { display: block; width: 100%; margin-top: .3rem; }
form input { flex: 1; }
`;

/** Texts reach the page through textContent alone, so nothing that a bot or a customer writes is markup. */
export const phoneScript = `
"use strict";
const labels = {
  en: { from: "My number", send: "Send", text: "Message", language: "RU", refused: "webhook answered" },
  ru: { from: "Мой номер", send: "Отправить", text: "Сообщение", language: "EN", refused: "ответ вебхука" },
};
const byId = (id) => document.getElementById(id);
let language = navigator.language.startsWith("ru") ? "ru" : "en";
let after = 0;

function showLabels() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-label]")) {
    node.textContent = labels[language][node.dataset.label];
  }
  byId("language").textContent = labels[language].language;
  byId("text").placeholder = labels[language].text;
}

function addBubble(text, kind) {
  const bubble = document.createElement("div");
  bubble.className = "bubble " + kind;
  bubble.textContent = text;
  byId("chat").append(bubble);
  bubble.scrollIntoView();
  return bubble;
}

async function say(message, shown) {
  addBubble(shown, "mine");
  const response = await fetch("say", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from: byId("from").value, ...message }),
  });
  const answer = await response.json();
  if (answer.webhookStatus !== 200) {
    addBubble(labels[language].refused + ": " + (answer.error || answer.webhookStatus), "fault");
  }
}

function showReply(entry) {
  const bubble = addBubble(entry.text || "[" + entry.type + "]", "");
  for (const { id, title } of entry.buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    const pressed = entry.type === "list" ? { list: { id, title } } : { button: { id, title } };
    button.onclick = () => say({ ...pressed, replyTo: entry.id }, title);
    bubble.append(button);
  }
}

async function poll() {
  try {
    const to = encodeURIComponent(byId("from").value);
    const response = await fetch("ledger?after=" + after + "&to=" + to);
    for (const entry of (await response.json()).entries) {
      after = Math.max(after, entry.n);
      showReply(entry);
    }
  } finally {
    setTimeout(poll, 700);
  }
}

byId("language").onclick = () => {
  language = language === "ru" ? "en" : "ru";
  showLabels();
};
byId("from").onchange = () => {
  after = 0;
  byId("chat").replaceChildren();
};
byId("composer").onsubmit = (event) => {
  event.preventDefault();
  const text = byId("text").value;
  byId("text").value = "";
  say({ text }, text);
};
showLabels();
poll();
`;
