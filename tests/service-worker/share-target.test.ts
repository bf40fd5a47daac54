/** What another app, or any page on the web, sends to the share target. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerShare } from '../../src/service-worker/share-target.ts'

let kept: Map<string, Response>
let nowMs = 0

beforeEach(() => {
  kept = new Map()
  const cache = {
    keys: async () => [...kept.keys()].map((path) => ({ url: `https://app.example${path}` })),
    put: async (path: string, response: Response) => void kept.set(path, response),
    delete: async (url: string) => kept.delete(new URL(url).pathname),
  }
  nowMs = Date.UTC(2026, 10, 20)
  vi.spyOn(Date, 'now').mockImplementation(() => nowMs)
  vi.stubGlobal('caches', { open: async () => cache })
  // Node's wants a whole address, and a browser's does not
  vi.spyOn(Response, 'redirect').mockImplementation(
    (url, status = 302) => new Response(null, { status, headers: { location: String(url) } }),
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const send = async (body: BodyInit): Promise<string> => {
  const answer = await answerShare(new Request('https://app.example/paste', { method: 'POST', body }))
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

const photos = (count: number): FormData => {
  const form = new FormData()
  for (let i = 0; i < count; i++)
    form.append('media', new File(['picture'], `${i}.jpg`, { type: 'image/jpeg' }))
  return form
}

test('words go behind the #, where no relay sees them', async () => {
  const form = new FormData()
  form.append('text', 'نحتاج بطانيات')
  expect(await send(form)).toBe(`/paste#t=${encodeURIComponent('نحتاج بطانيات')}`)
})

test('whoever sends files again and again fills no phone: what waits stays, what is too much is said', async () => {
  expect(await send(photos(3))).toBe('/add/need?from=share#t=')
  const first = [...kept.keys()]
  for (let i = 0; i < 5; i++) {
    nowMs++
    await send(photos(4))
  }
  expect(await send(photos(2))).toBe('/add/need?from=share&left=2#t=')
  expect(kept.size).toBe(8)
  expect([...kept.keys()].slice(0, 3)).toEqual(first)
})

test('of two shares in one moment none takes the other’s place', async () => {
  kept.clear()
  await Promise.all([send(photos(2)), send(photos(2))])
  expect(kept.size).toBe(4)
})

test('what is no form leads to the screen all the same', async () => {
  expect(await send('no form')).toBe('/paste#t=')
})

test('a packet from another phone is known by its first bytes, and kept as it came for the screen that opens it', async () => {
  for (const [name, type] of [
    ['a.tadamun', 'application/x-tadamun'],
    ['a.tadamun.txt', 'text/plain'],
  ] as const) {
    const form = new FormData()
    form.append('media', new File(['TDP1 closed'], name, { type }))
    expect(await send(form)).toBe('/neighbour')
    expect(await kept.get('/received-packet')?.text()).toBe('TDP1 closed')
  }
  const form = new FormData()
  form.append('media', new File(['another text'], 'a.txt', { type: 'text/plain' }))
  expect(await send(form)).toBe('/add/need?from=share&left=1#t=')
})
