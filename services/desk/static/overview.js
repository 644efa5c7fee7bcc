// The supervisors' page: renewed every few seconds, but never under the hands of somebody who is choosing.
const EVERY_MS = 10_000;

setInterval(() => {
  const overview = document.getElementById("overview");
  if (!document.hidden && !overview.contains(document.activeElement)) document.body.dispatchEvent(new Event("desk:overview"));
}, EVERY_MS);
