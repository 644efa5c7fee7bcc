// What is typed is kept in this tab until it is saved; without it, every form still works.
const PREFIX = "bxl-studio-draft-";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const name = PREFIX + form.dataset.draft;
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")];
  if ("done" in form.dataset) sessionStorage.removeItem(name);
  // A form that came back from the server has what was typed already.
  if (!document.querySelector("[role=alert]")) restore(fields, name, form);
  form.addEventListener("input", () => {
    sessionStorage.setItem(name, JSON.stringify(fields.map((field) => field.value)));
  });
}

function restore(fields, name, form) {
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "null");
  if (!kept || kept.length !== fields.length || kept.every((value, at) => value === fields[at].value)) return;
  fields.forEach((field, at) => { field.value = kept[at]; });
  const said = document.createElement("p");
  said.className = "notice";
  said.setAttribute("role", "status");
  said.textContent = document.body.dataset.left;
  form.prepend(said);
}

document.querySelector('form[action$="/sign-out"]')?.addEventListener("submit", () => sessionStorage.clear());
