// The options: a list that closes with Escape, with a click elsewhere and when the focus leaves it.

/** Makes the menu work; `actions` holds what each of its buttons does, by the button's id. */
export function makeMenu(menu: HTMLDetailsElement, actions: Record<string, () => unknown>): void {
  const root = menu.getRootNode();
  const summary = menu.querySelector("summary");
  const close = (): void => {
    menu.open = false;
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation(); // the chat itself stays open
    close();
    summary?.focus();
  });
  root.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) close();
  });
  for (const [id, action] of Object.entries(actions)) {
    menu.querySelector(`#${id}`)?.addEventListener("click", () => {
      close();
      summary?.focus();
      action();
    });
  }
}
