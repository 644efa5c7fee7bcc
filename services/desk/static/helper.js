// The helper's keys, copying, and the fields that follow each other; without it the forms still work.
const { root, csrf, copied, notCopied } = document.body.dataset;
const field = document.getElementById("words");
const found = document.getElementById("found");
const status = document.getElementById("helper-said");
const sought = document.getElementById("sought");
const AT = { KeyC: () => copy("caller"), KeyO: () => copy("own"), KeyN: next, KeyK: () => sought.select() };

// The texts are searched for the caller's words as well, until something else is typed there.
field.addEventListener("input", () => { sought.value = field.value; });

document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) { // AltGr is Alt with Ctrl
    const act = AT[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    move(event);
  }
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (button) copyText(button.dataset.copy, button.closest(".hit") ?? found);
  if (target.closest?.("#next")) next();
});

// A corrected fact changes the words; what the operator types meanwhile stays.
document.body.addEventListener("htmx:afterSwap", () => {
  const words = found.querySelector("[data-words]")?.dataset.words;
  if (words && document.activeElement !== field) field.value = words;
});

// What is on today stays open while it is renewed.
let open = false;
document.addEventListener("toggle", ({ target }) => { if (target.matches?.(".today")) open = target.open; }, true);
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "today") return;
  const banner = detail.target.querySelector(".today");
  if (banner) banner.open = open;
});

function move(event) {
  const stops = [field, ...found.querySelectorAll("button.choice")];
  const at = stops.indexOf(document.activeElement);
  if (at < 0 || stops.length < 2) return;
  event.preventDefault();
  stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length].focus();
}

function copy(whose) {
  const button = found.querySelector(`[data-whose~="${whose}"]`);
  if (button) copyText(button.dataset.copy, button.closest(".hit") ?? found);
}

async function copyText(language, where) {
  const said = [...where.querySelectorAll(`.words[lang="${language}"]`)].map((each) => each.textContent.trim());
  let done = copied;
  try {
    await navigator.clipboard.writeText(said.join("\n\n"));
  } catch {
    done = notCopied;
  }
  status.textContent = "";
  setTimeout(() => { status.textContent = done; }, 50);
}

function next() {
  fetch(`${root}/helper/next`, {
    method: "POST",
    headers: { "x-csrf-token": csrf, "hx-request": "true" },
    body: new URLSearchParams({ tab: document.getElementById("tab").value }),
  }).catch(() => {}); // what cannot be forgotten now ends by itself
  found.replaceChildren();
  document.getElementById("known").replaceChildren();
  status.textContent = "";
  field.value = sought.value = "";
  document.getElementById("caller-auto").checked = true;
  field.focus();
}
