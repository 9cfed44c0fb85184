// form[data-forget], and the admin's own: signing out. What this browser kept goes with the person.
import { adopt, forget } from "./drafts.js";

adopt();
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget], #logout-form")) return;
  forget();
  for (const form of document.querySelectorAll("form[data-kept]")) delete form.dataset.kept;
});
