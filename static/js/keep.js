// What is typed into a form stays while the network is away: it is kept in this tab until the portal has it, and nothing is sent
// into a void. Without this file the answers are kept at every step all the same.
"use strict";

(() => {
  const PREFIX = "keep:";
  const PATIENCE = 5000; // a network that does not answer for so long is gone, whatever the phone says
  const own = PREFIX + location.pathname;
  const root = document.querySelector("[data-keep]");
  const form = root?.querySelector("form[method=post]");

  // The portal has what was typed on the page before: it answered with this one.
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && key !== own) sessionStorage.removeItem(key);
  }
  if (!form) return;

  const notice = (name, shown) => {
    for (const each of root.querySelectorAll("[data-keep-notice]")) each.hidden = !(shown && each.dataset.keepNotice === name);
  };
  const fields = () => [...form.elements].filter((each) => each.name && !["hidden", "file", "submit"].includes(each.type));
  const typed = () => fields().map((each) => [each.name, /radio|checkbox/.test(each.type) ? each.checked && each.value : each.value]);

  const keep = () => sessionStorage.setItem(own, JSON.stringify({ typed: typed() }));

  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(own) || "null");
    const now = typed();
    if (!kept || kept.typed.length !== now.length || JSON.stringify(kept.typed) === JSON.stringify(now)) return;
    fields().forEach((each, at) => {
      const [name, value] = kept.typed[at];
      if (name !== each.name) return;
      if (/radio|checkbox/.test(each.type)) each.checked = value !== false;
      else each.value = value;
    });
    notice("restored", true);
  };

  // A page that lists mistakes carries what was sent; the browser's own memory of it would be older.
  if (document.querySelector("[data-error-summary]")) sessionStorage.removeItem(own);
  else restore();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  const reachable = async () => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      await fetch(root.dataset.keep, { cache: "no-store", signal: stop.signal });
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  };

  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) {
      sure = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // it is not sent yet
    keep();
    const { submitter } = event;
    const there = await reachable();
    notice("offline", !there);
    if (!there) {
      root.querySelector("[data-keep-notice=offline]").scrollIntoView({ block: "center" });
      return;
    }
    sure = true;
    form.requestSubmit(submitter);
  });
  addEventListener("online", () => notice("offline", false));
})();
