// Saves a score sheet while it is filled in. Without this file the button beside it does the same.
"use strict";

const PAUSE = 600;

function watch(form) {
  const said = form.querySelector("[data-said]");
  const total = form.querySelector("[data-total]");
  let timer = 0;
  let saving = false;
  let again = false;
  let ended = false;

  async function save() {
    clearTimeout(timer);
    if (ended) return;
    if (saving) {
      again = true;
      return;
    }
    saving = true;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        keepalive: true,
      });
      const known = await answer.json();
      said.textContent = known.said || form.dataset.unsaved;
      if (answer.ok) {
        form.elements._draft.value = known.version;
        total.textContent = known.total;
      } else {
        // Another window was quicker, or the sheet is closed: the button decides, not we.
        ended = answer.status === 412 || answer.status === 409;
      }
    } catch {
      said.textContent = form.dataset.unsaved;
      timer = setTimeout(save, 10 * PAUSE);
    }
    saving = false;
    if (again) {
      again = false;
      save();
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    ended = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) save();
  });
}

document.querySelectorAll("form[data-draft]").forEach(watch);
