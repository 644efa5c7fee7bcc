// Keys for the groups of questions: they do something only while the focus is inside a group, and never while typing.
const KEYS = { e: "example", t: "test", o: "out_of_scope", n: "new_capability", i: "ignored" };
const groups = [...document.querySelectorAll("form[data-group]")];

function move(from, step) {
  const next = groups[groups.indexOf(from) + step];
  next?.querySelector("input[type=checkbox]")?.focus();
}

for (const group of groups) {
  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select, textarea, [type=text]")) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(group, event.key === "j" ? 1 : -1);
    } else if (event.key === "a") {
      event.preventDefault();
      const boxes = [...group.querySelectorAll("input[name=wording]")];
      const every = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !every;
    } else if (event.key in KEYS) {
      event.preventDefault();
      group.requestSubmit(group.querySelector(`button[value=${KEYS[event.key]}]`));
    }
  });
}
