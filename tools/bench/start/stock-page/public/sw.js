/* What was fetched once is there without a link. */
const answer = async (request) => {
  const cache = await caches.open('all')
  const kept = await cache.match(request)
  if (kept) return kept
  const response = await fetch(request)
  await cache.put(request, response.clone())
  return response
}
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(answer(event.request)))
