// The door of a meeting. Every scan goes into a queue on the phone first and is sent from there: none is lost when the network
// is. Without this file the page does the same by its forms.
"use strict";

(() => {
  const root = document.querySelector("[data-door]");
  if (!root || !window.indexedDB || !window.crypto?.subtle) return;

  const { slug } = root.dataset;
  const PATIENCE = 5000; // a network that does not answer for so long is gone, whatever the phone says
  const CHUNK = 50;
  const SHOWN = 30;
  const LIST_AGE = 60000;
  const DAY = 86400000;

  const part = (name) => root.querySelector(`[data-door-${name}]`);
  const word = (name, value) => {
    const key = "word" + name.replace(/(^|-)(.)/g, (_all, _dash, letter) => letter.toUpperCase());
    return root.dataset[key].replace("{}", () => value);
  };
  const tidy = (text) => text.normalize("NFKC").trim();
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const hash = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

  // --- what the phone keeps -----------------------------------------------------------------------------------------------
  const database = new Promise((done, failed) => {
    const asked = indexedDB.open("liaison-door", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "nonce" });
      asked.result.createObjectStore("lists", { keyPath: "slug" });
      asked.result.createObjectStore("marks", { keyPath: ["slug", "pk"] });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const stored = async (name, mode, act) => {
    const transaction = (await database).transaction(name, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(name));
    return new Promise((done, failed) => {
      transaction.oncomplete = () => done(asked.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  };
  const put = (name, value) => stored(name, "readwrite", (store) => store.put(value));
  const drop = (name, key) => stored(name, "readwrite", (store) => store.delete(key));
  const all = (name) => stored(name, "readonly", (store) => store.getAll());

  const device = localStorage.getItem("liaison-device") || hex(crypto.getRandomValues(new Uint8Array(4)));
  localStorage.setItem("liaison-device", device);
  const gate = part("code").elements.gate;
  gate.value = gate.value || localStorage.getItem("liaison-gate") || "";
  gate.addEventListener("change", () => localStorage.setItem("liaison-gate", gate.value.trim()));

  let guests = [];
  let byHash = new Map();
  let byPk = new Map();
  let ticket = "";
  let listedAt = 0;
  let damaged = false;
  let csrf = root.querySelector("[name=csrfmiddlewaretoken]").value;
  let net = "on";
  let kept = false;
  const queue = new Map();
  const marks = new Map();
  const inHand = new Set();

  const useList = async (list) => {
    damaged = (await hash(list.text)) !== list.ticket.split(":")[2];
    if (damaged) return false;
    guests = JSON.parse(list.text).guests;
    byHash = new Map(guests.map((guest) => [guest.hash, guest]));
    byPk = new Map(guests.map((guest) => [guest.pk, guest]));
    ticket = list.ticket;
    listedAt = list.at;
    return true;
  };
  const mark = async (pk, where) => {
    const row = { slug, pk, where, at: Date.now() };
    marks.set(pk, row);
    await put("marks", row);
  };
  const insideOf = (guest) => marks.get(guest.pk)?.where || guest.inside;

  // What was kept for meetings that are over goes, unless something of them still waits.
  const forgetOld = async () => {
    const waiting = new Set((await all("queue")).map((entry) => entry.slug));
    for (const list of await all("lists")) {
      if (waiting.has(list.slug) || Date.parse(JSON.parse(list.text).until) + DAY > Date.now()) continue;
      await drop("lists", list.slug);
      for (const row of await all("marks")) if (row.slug === list.slug) await drop("marks", [row.slug, row.pk]);
    }
  };

  // --- the network --------------------------------------------------------------------------------------------------------
  class Gone extends Error {}
  class Refused extends Error {}

  const ask = async (url, options = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { ...options, signal: stop.signal, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") throw new Refused("signed-out");
      if (answer.status >= 500) throw new Gone();
      if (!answer.ok) throw new Refused("refused");
      const told = await answer.json();
      if (told.csrf) csrf = told.csrf;
      return told;
    } catch (error) {
      throw error instanceof Refused ? error : new Gone(String(error));
    } finally {
      clearTimeout(timer);
    }
  };
  const wire = (entry) => ({
    nonce: entry.nonce,
    code: entry.code,
    invitation: entry.invitation,
    reason: entry.reason,
    device: entry.device,
    gate: entry.gate,
    offline: entry.offline,
    ticket: entry.ticket,
    age: Math.max(0, (Date.now() - entry.at) / 1000),
  });
  const post = (entries) =>
    ask(root.dataset.scans, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify({ scans: entries.map(wire) }),
    });

  const send = async (entries) => {
    let told;
    try {
      told = await post(entries);
    } catch (error) {
      if (!(error instanceof Refused) || error.message !== "refused") throw error;
      await ask(root.dataset.live); // somebody signed in anew on this phone: the token is another one
      told = await post(entries);
    }
    for (const answer of told.answers) {
      const entry = queue.get(answer.nonce);
      if (!entry) continue;
      if (answer.pk && (answer.inside || answer.result === "already")) await mark(answer.pk, clockOf(entry));
      queue.delete(answer.nonce);
      await drop("queue", answer.nonce);
    }
    showLive(told.live);
    setNet("on");
    return told.answers;
  };

  const failed = (error) => setNet(error instanceof Refused ? error.message : "off");

  let flushing = false;
  const flush = async () => {
    if (flushing) return;
    flushing = true;
    try {
      for (;;) {
        const entries = [...queue.values()].filter((entry) => !inHand.has(entry.nonce)).slice(0, CHUNK);
        if (!entries.length) break;
        const before = queue.size;
        const answers = await send(entries);
        const wrong = answers.filter((answer) => answer.conflict);
        if (wrong.length) {
          const last = wrong[wrong.length - 1];
          show({ ...last, title: word("conflict", String(wrong.length)) });
        }
        if (answers.some((answer) => answer.result === "unreadable")) show({ tone: "danger", title: word("unreadable") });
        if (queue.size === before) break;
      }
    } catch (error) {
      failed(error);
    } finally {
      flushing = false;
      render();
    }
  };

  const refresh = async () => {
    const began = Date.now();
    const told = await ask(root.dataset.list);
    const list = { slug, text: told.list, ticket: told.ticket, at: began };
    if (await useList(list)) await put("lists", list);
    const waiting = new Set([...queue.values()].map((entry) => entry.pk));
    for (const [pk, row] of marks) {
      if (row.at >= began || waiting.has(pk)) continue;
      marks.delete(pk);
      await drop("marks", [slug, pk]);
    }
    showLive(told.live);
    setNet("on");
  };

  let timer;
  const tick = async () => {
    clearTimeout(timer);
    try {
      if (Date.now() - listedAt > LIST_AGE) await refresh();
      else showLive(await ask(root.dataset.live));
      setNet("on");
      await flush();
    } catch (error) {
      failed(error);
    }
    render();
    timer = setTimeout(tick, net === "on" ? 10000 : 4000);
  };

  // --- a guest ------------------------------------------------------------------------------------------------------------
  const clockOf = (entry) => {
    const at = new Date(entry.at);
    const time = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
    return [time, entry.gate].filter(Boolean).join(" · ");
  };
  const nameOf = (guest) => [guest.name, guest.firm].filter(Boolean).join(" · ");

  const scan = async ({ code = "", invitation = null, reason = "" }) => {
    const entry = {
      nonce: crypto.randomUUID(),
      slug,
      code: tidy(code),
      invitation,
      reason,
      device,
      gate: gate.value.trim(),
      at: Date.now(),
      offline: false,
      ticket: "",
    };
    inHand.add(entry.nonce);
    queue.set(entry.nonce, entry);
    await put("queue", entry);
    try {
      show(net === "on" ? await sendOne(entry) : await judge(entry), entry);
    } finally {
      inHand.delete(entry.nonce);
      render();
    }
  };

  const sendOne = async (entry) => {
    try {
      const [answer] = await send([entry]);
      return answer;
    } catch (error) {
      failed(error);
      clearTimeout(timer);
      timer = setTimeout(tick, 4000);
      return judge(entry);
    }
  };

  // Without the network the list decides, and only the list.
  const judge = async (entry) => {
    const guest = entry.invitation ? byPk.get(entry.invitation) : byHash.get(await hash(entry.code));
    const answer = refusalOf(guest, entry);
    if (answer) {
      queue.delete(entry.nonce);
      await drop("queue", entry.nonce);
      return answer;
    }
    Object.assign(entry, { offline: true, ticket, pk: guest.pk, who: nameOf(guest) });
    await put("queue", entry);
    await mark(guest.pk, clockOf(entry));
    return { tone: "success", title: word("in"), who: entry.who, detail: word("kept") };
  };

  const refusalOf = (guest, entry) => {
    if (!ticket) return { tone: "danger", title: word("unknown"), detail: word(damaged ? "damaged" : "offline-no-list") };
    if (!guest) return { tone: "danger", title: word("unknown"), detail: word("unknown-more") };
    const who = nameOf(guest);
    if (insideOf(guest)) return { tone: "warning", title: word("already"), who, detail: word("already-at", insideOf(guest)) };
    if (guest.why && !entry.reason) return { tone: "danger", title: word("not-coming"), who, detail: guest.why, forceable: true, pk: guest.pk };
    return null;
  };

  // --- the page -----------------------------------------------------------------------------------------------------------
  const said = part("said");
  const force = part("force");
  let forced = null;

  const show = (answer, entry) => {
    said.hidden = false;
    said.className = `door-said is-${answer.tone || "danger"}`;
    part("said-title").textContent = answer.title || "";
    part("said-who").textContent = answer.who || "";
    part("said-detail").textContent = answer.detail || "";
    force.hidden = !answer.forceable;
    force.reset();
    forced = answer.forceable ? { code: entry.code, invitation: entry.invitation || answer.pk } : null;
    if (navigator.vibrate && navigator.userActivation?.hasBeenActive) navigator.vibrate(answer.tone === "success" ? 60 : [80, 60, 80]);
    if (answer.forceable) force.elements.reason.focus();
    else if (document.activeElement !== part("code").elements.code) said.focus({ preventScroll: true });
    said.scrollIntoView({ block: "nearest" });
  };

  const showLive = (live) => {
    part("inside").textContent = live.inside;
    part("expected").textContent = live.expected;
    part("conflicts").hidden = !live.conflicts.length;
    part("conflict-rows").replaceChildren(...live.conflicts.map((row) => line(row.who, `${row.what} · ${row.where}`)));
  };

  const line = (name, more) => {
    const row = document.createElement("li");
    const [first, second] = [document.createElement("span"), document.createElement("span")];
    first.textContent = name;
    second.textContent = more;
    second.className = "entry-more";
    row.append(first, second);
    return row;
  };

  const setNet = (state) => {
    net = state;
    const strip = part("net");
    strip.hidden = false;
    strip.dataset.state = state;
    strip.classList.toggle("is-off", state !== "on");
    const words = state === "off" ? (ticket ? "offline" : "offline-no-list") : state === "on" ? (kept && ticket ? "ready" : "online") : state;
    const text = word(words);
    if (part("net-words").textContent !== text) part("net-words").textContent = text;
  };

  const render = () => {
    const waiting = [...queue.values()].filter((entry) => !inHand.has(entry.nonce));
    part("waiting").hidden = !waiting.length;
    part("send").hidden = !waiting.length;
    part("waiting-count").textContent = waiting.length;
    part("waiting-rows").replaceChildren(...waiting.map((entry) => line(entry.who || entry.code.slice(0, 40), clockOf(entry))));
    if (ticket) renderGuests();
    if (ticket && net !== "on") {
      part("inside").textContent = guests.filter(insideOf).length;
      part("expected").textContent = guests.filter((guest) => !guest.why).length;
    }
  };

  const renderGuests = () => {
    const list = part("guests");
    const focused = document.activeElement?.closest?.("[data-pk]")?.dataset.pk;
    const words = part("search").elements.q.value.trim().toLowerCase();
    const found = guests.filter((guest) => nameOf(guest).toLowerCase().includes(words)).slice(0, SHOWN);
    list.replaceChildren(...found.map(rowOf));
    part("nobody").hidden = found.length > 0;
    if (focused) list.querySelector(`[data-pk="${focused}"] :is(button, a):not([hidden])`)?.focus({ preventScroll: true });
  };

  const rowOf = (guest) => {
    const row = part("row").content.firstElementChild.cloneNode(true);
    const inside = insideOf(guest);
    const [enter, undo] = [row.querySelector("[data-row-in]"), row.querySelector("[data-row-undo]")];
    row.dataset.pk = guest.pk;
    row.querySelector("[data-row-name]").textContent = guest.name || guest.firm;
    row.querySelector("[data-row-firm]").textContent = guest.name ? guest.firm : "";
    row.querySelector("[data-row-state]").textContent = inside ? word("inside", inside) : guest.why;
    for (const whose of row.querySelectorAll("[data-row-whose]")) whose.textContent = ` ${nameOf(guest)}`;
    enter.hidden = Boolean(inside);
    if (guest.why) enter.className = "btn btn-outline-secondary";
    undo.hidden = !inside;
    undo.href = `${root.dataset.scope}guests/${guest.pk}/undo/`;
    enter.addEventListener("click", () => scan({ invitation: guest.pk }));
    return row;
  };

  const taken = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  part("code").addEventListener("submit", (event) => {
    taken(event);
    const field = event.target.elements.code;
    const code = field.value;
    field.value = "";
    field.focus();
    if (code.trim()) scan({ code });
  });
  part("guests").addEventListener("submit", (event) => {
    taken(event);
    scan({ invitation: Number(event.target.elements.invitation.value) });
  });
  force.addEventListener("submit", (event) => {
    taken(event);
    const reason = force.elements.reason.value.trim();
    if (reason && forced) scan({ ...forced, reason });
    else force.elements.reason.focus();
  });
  part("search").addEventListener("submit", (event) => {
    if (!ticket) return;
    taken(event);
    renderGuests();
  });
  part("search").addEventListener("input", () => ticket && renderGuests());
  part("send").addEventListener("click", tick);
  window.addEventListener("online", tick);
  window.addEventListener("offline", tick);

  // --- the camera ---------------------------------------------------------------------------------------------------------
  const video = part("video");
  let reader = null;
  const last = { text: "", at: 0 };

  const loaded = () =>
    window.ZXing
      ? Promise.resolve()
      : new Promise((done, not) => {
          const script = document.createElement("script");
          script.src = root.dataset.scanner;
          script.onload = done;
          script.onerror = not;
          document.head.append(script);
        });
  const seen = (text) => {
    if (text === last.text && Date.now() - last.at < 4000) {
      last.at = Date.now();
      return;
    }
    Object.assign(last, { text, at: Date.now() });
    scan({ code: text });
  };
  const stopCamera = () => {
    reader?.reset();
    reader = null;
    video.hidden = part("stop").hidden = true;
    part("start").hidden = false;
  };
  part("start").addEventListener("click", async () => {
    try {
      await loaded();
      reader = new window.ZXing.BrowserQRCodeReader();
      video.hidden = part("stop").hidden = false;
      part("start").hidden = true;
      await reader.decodeFromConstraints({ video: { facingMode: "environment" } }, video, (result) => result && seen(result.getText()));
    } catch {
      stopCamera();
      show({ tone: "warning", title: word("no-camera") });
    }
  });
  part("stop").addEventListener("click", stopCamera);
  window.addEventListener("pagehide", stopCamera);
  part("camera").hidden = !navigator.mediaDevices?.getUserMedia;

  // --- begin --------------------------------------------------------------------------------------------------------------
  const keepPage = async () => {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data !== "kept") return;
      kept = true;
      setNet(net);
    });
    await navigator.serviceWorker.register(root.dataset.worker, { scope: root.dataset.scope });
    (await navigator.serviceWorker.ready).active.postMessage("keep");
  };

  const begin = async () => {
    await forgetOld();
    for (const entry of await all("queue")) if (entry.slug === slug) queue.set(entry.nonce, entry);
    for (const row of await all("marks")) if (row.slug === slug) marks.set(row.pk, row);
    const list = (await all("lists")).find((row) => row.slug === slug);
    if (list) await useList(list);
    listedAt = 0;
    render();
    await tick();
    root.dataset.ready = "yes";
    keepPage().catch(() => {});
  };
  begin();
})();
