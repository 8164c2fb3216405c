// Keeps the page of one door, and the files it needs, for when the network is gone. Everything else passes by.
"use strict";

const KEPT = {{ kept|safe }};
const CACHE = "door {{ version|escapejs }} " + self.registration.scope;
const PAGE = self.registration.scope;
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE && name.endsWith(" " + PAGE)).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepPage().then(() => event.source.postMessage("kept")));
  if (event.data === "forget") event.waitUntil(caches.delete(CACHE));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (request.mode === "navigate") {
    if (url.origin + url.pathname === PAGE) event.respondWith(pageOf(request, url));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: CACHE }).then((kept) => kept || fetch(request)));
  }
});

async function keepPage() {
  const answer = await fetch(PAGE, { credentials: "same-origin", redirect: "error" });
  if (answer.ok) await (await caches.open(CACHE)).put(PAGE, answer);
}

async function pageOf(request, url) {
  let timer;
  const tooLong = new Promise((_, refuse) => { timer = setTimeout(() => refuse(new Error("slow")), PATIENCE); });
  try {
    const answer = await Promise.race([fetch(request), tooLong]);
    if (answer.ok && !answer.redirected && !url.search) await (await caches.open(CACHE)).put(PAGE, answer.clone());
    return answer;
  } catch {
    return (await caches.match(PAGE, { cacheName: CACHE })) || Response.error();
  } finally {
    clearTimeout(timer);
  }
}
