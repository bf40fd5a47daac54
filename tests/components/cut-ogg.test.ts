import { expect, test } from 'vitest'
import { cutOgg } from '../../src/components/cut-ogg.ts'
import { oggVoice } from '../support/ogg-voice.ts'

const bounds = { maxMs: 60_000, maxBytes: 480 * 1024 }
const voice = (seconds: number) => Uint8Array.from(oggVoice(seconds))

test('a voice message within the bounds stays as it came, to the byte', () => {
  expect(cutOgg(voice(42), bounds)).toEqual(voice(42))
})

test('a longer one ends with the last whole page within a minute', () => {
  const cut = cutOgg(voice(90), bounds)
  // its last page would end 6.5 ms behind the minute: what a player skips at the start counts too
  expect(cut).toEqual(voice(90).slice(0, cut?.length))
  expect(cut?.length).toBe(voice(59).length)
})

test('one that has too many bytes ends with a whole page as well', () => {
  const cut = cutOgg(voice(30), { ...bounds, maxBytes: voice(10).length + 20 })
  expect(cut?.length).toBe(voice(10).length)
})

test('what arrived half ends with the last page that is whole', () => {
  const half = voice(10).slice(0, voice(7).length + 30)
  expect(cutOgg(half, bounds)?.length).toBe(voice(7).length)
})

test('what is no Opus in Ogg is not cut', () => {
  const vorbis = voice(3)
  vorbis.set(new TextEncoder().encode('vorbis!!'), 28)
  for (const other of [new Uint8Array(), new TextEncoder().encode('OggS'), voice(3).slice(1), vorbis])
    expect(cutOgg(other, bounds)).toBeNull()
})
