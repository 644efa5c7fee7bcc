// The conversation that is open: what is new is put at its end, what was read is noted, what is written is sent once.
const TYPING_EVERY_MS = 4_000;
const TYPING_LASTS_MS = 6_000;

export function openChat(chatId, post) {
  const transcript = document.getElementById("transcript");
  if (!transcript) return null;
  const { root } = document.body.dataset;
  const scroller = transcript.parentElement;
  const reply = document.getElementById("reply");
  const types = document.getElementById("typing");
  let asking = null;
  let again = false;
  let silence;

  const last = () => Number(transcript.lastElementChild?.dataset.seq ?? 0);
  // Lines are asked for again from the first on whose way is not at its end.
  const known = () => Number(transcript.querySelector('[data-delivery="waiting"]')?.dataset.seq ?? last() + 1) - 1;
  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };

  async function fetchMore() {
    const answer = await fetch(`${root}/chats/${chatId}/lines?after=${known()}`, { headers: { "hx-request": "true" } });
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
    for (const line of parsed.querySelectorAll(".line")) {
      if (Number(line.dataset.seq) <= last()) {
        renew(line);
        continue;
      }
      if (line.dataset.author === "resident") types.textContent = "";
      transcript.append(line);
    }
    if (atEnd) toEnd();
    read();
  }

  function renew(line) {
    const shown = transcript.querySelector(`[data-seq="${line.dataset.seq}"]`);
    if (!shown || shown.dataset.delivery === line.dataset.delivery) return;
    shown.dataset.delivery = line.dataset.delivery;
    shown.querySelector(".delivery").textContent = line.querySelector(".delivery").textContent;
  }

  // One at a time; what comes meanwhile is asked for right after.
  function more() {
    if (asking) { again = true; return asking; }
    asking = fetchMore().catch(() => {}).finally(() => {
      asking = null;
      if (again) { again = false; more(); }
    });
    return asking;
  }

  function read() {
    if (!document.hidden) post(`/chats/${chatId}/seen`, { seq: last() }).catch(() => {});
  }

  function typing() {
    types.textContent = types.dataset.words;
    clearTimeout(silence);
    silence = setTimeout(() => { types.textContent = ""; }, TYPING_LASTS_MS);
  }

  if (reply) prepare(reply, chatId, post, more);
  toEnd();
  read();
  return { more, read, typing };
}

function prepare(reply, chatId, post, more) {
  const text = reply.elements.text;
  const failure = document.getElementById("reply-failure");
  const draft = `bxl-desk-draft-${chatId}`;
  let told = 0;

  text.value ||= sessionStorage.getItem(draft) ?? "";
  text.addEventListener("input", () => {
    sessionStorage.setItem(draft, text.value);
    if (Date.now() - told < TYPING_EVERY_MS) return;
    told = Date.now();
    post(`/chats/${chatId}/typing`).catch(() => {});
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      reply.requestSubmit();
    }
  });

  // Only what arrived is cleared, and only then is the next message another one: sent again, it is said once.
  let sending = false;
  reply.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    sessionStorage.setItem(draft, text.value);
    const refused = await send(reply, post, chatId);
    sending = false;
    failure.replaceChildren(...(refused ? [refused] : []));
    if (refused) return;
    text.value = "";
    sessionStorage.removeItem(draft);
    reply.elements.client_id.value = crypto.randomUUID();
    text.focus();
    more();
  });

  prepareAside(document.getElementById("aside"), reply);
}

// What is beside the conversation is renewed while it is used: what was open stays open, what was ignored stays away.
function prepareAside(aside, reply) {
  const text = reply.elements.text;
  const done = new Set();
  let open = [];

  aside.addEventListener("htmx:beforeSwap", () => {
    open = [...aside.querySelectorAll("details[open]")].map((each) => each.id);
  });
  aside.addEventListener("htmx:afterSwap", () => {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const button of aside.querySelectorAll("[data-ignore]")) {
      if (done.has(words(button.dataset.ignore))) button.closest("li").remove();
    }
  });
  aside.addEventListener("click", (event) => {
    const { send: sent, insert, ignore } = event.target.closest("button")?.dataset ?? {};
    if (insert) write(text, text.value.trim() ? `${text.value.trim()} ${words(insert)}` : words(insert));
    if (sent) {
      write(text, words(sent));
      reply.requestSubmit();
    }
    if (!sent && !ignore) return;
    done.add(words(sent ?? ignore));
    event.target.closest("li").remove();
    text.focus();
  });
}

const words = (id) => document.getElementById(id).textContent;

function write(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input"));
  field.focus();
}

// Returns what went wrong, as it is to be shown; nothing where the answer has arrived.
async function send(reply, post, chatId) {
  try {
    const answer = await post(`/chats/${chatId}/say`, new FormData(reply));
    if (answer.status === 401) location.assign(`${document.body.dataset.root}/sign-in?next=${location.pathname}`);
    if (answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[role=alert]") ?? note(document.body.dataset.lost);
  } catch {
    return note(document.body.dataset.lost);
  }
}

function note(words) {
  const line = document.createElement("p");
  line.className = "notice wrong";
  line.setAttribute("role", "alert");
  line.textContent = words;
  return line;
}
