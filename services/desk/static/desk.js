// What is live on the screens with conversations; without it, everything works by loading pages.
import { listen } from "./live.js";
import { press } from "./keys.js";
import { openChat } from "./chat.js";
import { beep } from "./sound.js";

const { root, csrf, sound, chat: chatId } = document.body.dataset;

function post(path, fields = {}) {
  return fetch(`${root}${path}`, { method: "POST", headers: { "x-csrf-token": csrf, "hx-request": "true" }, body: new URLSearchParams(fields) });
}

const chat = openChat(chatId, post);
const refresh = (what) => document.body.dispatchEvent(new Event(`desk:${what}`));

// What happens to everybody is asked for once where much happens, and not by all operators in the same instant.
const SOON_MS = 200;
const SPREAD_MS = 600;
let due = null;
function refreshSoon() {
  due ??= setTimeout(() => { due = null; refresh("lists"); }, SOON_MS + Math.random() * SPREAD_MS);
}

function news(event) {
  if (event.author === "resident" && (document.hidden || event.chat !== chatId)) say(event.here);
  refreshSoon();
  if (event.chat !== chatId) return;
  chat?.more();
  refresh("aside");
}

function say(here) {
  if (here && sound === "on") beep();
  document.title = `(!) ${document.title.replace(/^\(!\) /, "")}`;
  const status = document.getElementById("said");
  status.textContent = "";
  setTimeout(() => { status.textContent = document.body.dataset.new; }, 50);
}

document.querySelector('form[action$="/sign-out"]').addEventListener("submit", () => sessionStorage.clear());

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  document.title = document.title.replace(/^\(!\) /, "");
  chat?.read();
});

listen(`${root}/events`, {
  ready: () => { refreshSoon(); chat?.more(); },
  queue: (event) => {
    if (event.chat) say(event.here); // somebody new waits
    refreshSoon();
  },
  chats: (event) => {
    refresh("lists");
    if (event.chat === chatId) location.reload();
  },
  chat: news,
  delivery: (event) => { if (event.chat === chatId) chat?.more(); },
  typing: (event) => { if (event.chat === chatId) chat?.typing(); },
  people: refreshSoon,
  over: () => location.assign(`${root}/sign-in?next=${encodeURIComponent(location.pathname)}`),
});
press(chatId);
