// Server-sent events: the browser connects again by itself, and while it cannot, the page says so.
const GIVE_UP_MS = 15_000;

export function listen(address, handlers) {
  const line = document.getElementById("connection");
  const { lost, back } = document.body.dataset;
  let source;
  let was = false;

  function open() {
    source = new EventSource(address);
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        if (name === "ready") connected();
        handle(JSON.parse(event.data));
      });
    }
    source.addEventListener("error", () => {
      line.textContent = lost;
      line.classList.add("lost");
      document.body.dataset.live = "no";
      was = true;
      // A refusal ends the source for good: try anew, which also finds out that the session is over.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, GIVE_UP_MS);
    });
  }

  function connected() {
    document.body.dataset.live = "yes";
    line.classList.remove("lost");
    line.textContent = was ? back : "";
    was = false;
  }

  open();
  addEventListener("pagehide", () => source.close());
}
