/** Which pages stand inside another app, and how an Android phone is asked to open its browser instead. */

import { describe, expect, test } from 'vitest'
import { inAppBrowser, intentLink } from '../../src/components/in-app-browser.ts'

const android = (mark: string) =>
  `Mozilla/5.0 (Linux; Android 11; SM-A125F Build/RP1A.200720.012; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.6613.127 Mobile Safari/537.36 ${mark}`
const iphone = (mark: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ${mark}`

describe.each([
  ['Facebook', '[FB_IAB/FB4A;FBAV/471.0.0.48.83;]', '[FBAN/FBIOS;FBAV/470.0.0.39.105;FBDV/iPhone12,1]'],
  [
    'Messenger',
    '[FB_IAB/Orca-Android;FBAV/470.0.0.30.110;]',
    '[FBAN/MessengerForiOS;FBAV/470.0.0.44.107;FBDV/iPhone12,1]',
  ],
  ['Instagram', 'Instagram 345.0.0.48.95 Android (30/11; 280dpi)', 'Instagram 345.0.4.31.94 (iPhone12,1)'],
  ['WhatsApp', 'WhatsApp/2.24.17.79 A', 'WhatsApp/24.17.80 i'],
  [
    'TikTok',
    'trill_360504 BytedanceWebview/d8a21c6 musical_ly_2023605040',
    'musical_ly_36.5.0 BytedanceWebview/d8a21c6',
  ],
  ['Telegram', 'Telegram-Android/11.1.3 (Samsung SM-A125F; Android 11)', 'Telegram-iOS/11.1'],
])('inside %s', (app, androidMark, iosMark) => {
  test('a page on Android is recognised, and can ask for the browser', () => {
    expect(inAppBrowser(android(androidMark), false)).toEqual({ app, isAndroid: true })
  })
  test('a page on an iPhone is recognised', () => {
    expect(inAppBrowser(iphone(iosMark), false)).toEqual({ app, isAndroid: false })
  })
})

test('a web view of an app that does not say its name is recognised on both', () => {
  expect(inAppBrowser(android(''), false)).toEqual({ app: null, isAndroid: true })
  expect(inAppBrowser(iphone(''), false)).toEqual({ app: null, isAndroid: false })
})

test('the app on the home screen is no other app, though an iPhone gives it the mark of a web view', () => {
  expect(inAppBrowser(iphone(''), true)).toBe(null)
})

test.each([
  [
    'Chrome on Android',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Samsung Internet',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  ],
  ['Firefox on Android', 'Mozilla/5.0 (Android 13; Mobile; rv:129.0) Gecko/129.0 Firefox/129.0'],
  [
    'Safari',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  ],
  [
    'Chrome on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/128.0.6613.98 Mobile/15E148 Safari/604.1',
  ],
  [
    'a desktop',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36',
  ],
])('%s is a browser', (_name, userAgent) => {
  expect(inAppBrowser(userAgent, false)).toBe(null)
})

/** What Android reads out of it: `Intent.parseUri` splits at the last `#` (AOSP, android.content.Intent). */
const opened = (intent: string): string => {
  // a browser writes the address out before it hands it over
  const written = new URL(intent).href
  const at = written.lastIndexOf('#Intent;')
  const scheme = /;scheme=([^;]*);/.exec(written.slice(at))?.[1]
  return `${scheme}:${written.slice('intent:'.length, at)}`
}

test.each([
  'https://tadamun.example/#j=AQID-_x9',
  'http://localhost:8787/#j=AQID',
  'https://tadamun.example',
])('the browser that is asked for opens %s, with all that stands behind the #', (link) => {
  expect(new URL(opened(intentLink(link))).href).toBe(new URL(link).href)
})
