import { expect, test } from 'vitest'
import { localVoiceFor } from '../../src/components/local-voice.ts'

const voice = (
  name: string,
  lang: string,
  more: Partial<SpeechSynthesisVoice> = {},
): SpeechSynthesisVoice => ({
  name,
  voiceURI: name,
  lang,
  localService: true,
  default: false,
  ...more,
})

test('a voice that is made elsewhere is none: it would send what stands on the screen there', () => {
  expect(localVoiceFor([voice('far', 'ar-SA', { localService: false })], 'ar')).toBeNull()
})

test('a voice of another language does not read this one', () => {
  expect(localVoiceFor([voice('Amira', 'ar-SA'), voice('Zuhal', 'ku-TR')], 'ckb')).toBeNull()
  expect(localVoiceFor([], 'ar')).toBeNull()
})

test.each([
  ['ar', 'ar_001'],
  ['fr', 'fr-CA'],
  ['ckb', 'ckb'],
  ['ckb', 'ku-Arab-IQ'],
] as const)('%s is read by a voice that calls itself %s', (language, lang) => {
  expect(localVoiceFor([voice('one', 'de-DE'), voice('other', lang)], language)?.name).toBe('other')
})

test('among several the phone’s own choice speaks', () => {
  const voices = [voice('first', 'ar-SA'), voice('chosen', 'ar-EG', { default: true })]
  expect(localVoiceFor(voices, 'ar')?.name).toBe('chosen')
})
