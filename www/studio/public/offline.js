// Keeps the studio for visits without a network. Files of the build carry a hash in their names and
// never change; everything else is asked for anew while there is a network.

const kept = 'leadfit-studio-1';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  const hashed = address.pathname.includes('/assets/');
  event.respondWith(
    (async () => {
      const cache = await caches.open(kept);
      const known = await cache.match(request);
      if (hashed && known) return known;
      try {
        const answer = await fetch(request);
        if (answer.ok) await cache.put(request, answer.clone());
        return answer;
      } catch (error) {
        if (known) return known;
        throw error;
      }
    })(),
  );
});
