/** Which phones are shown how the app gets to the home screen, and in which way. */

import { expect, test } from 'vitest'
import { installWay } from '../../src/components/install-way.ts'

const phone = (userAgent: string, platform = '', maxTouchPoints = 5) => ({
  userAgent,
  platform,
  maxTouchPoints,
})
const mac =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'

test('an iPhone, and an iPad that says it is a Mac, by their share sheet', () => {
  expect(installWay(phone('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)', 'iPhone'))).toBe('share')
  expect(installWay(phone(mac, 'MacIntel', 5))).toBe('share')
})

test('Firefox on Android by its menu', () => {
  expect(installWay(phone('Mozilla/5.0 (Android 13; Mobile; rv:129.0) Gecko/129.0 Firefox/129.0'))).toBe(
    'menu',
  )
})

test('a browser that asks by itself needs no drawing, and a Mac has none', () => {
  const chrome =
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36'
  expect(installWay(phone(chrome, 'Linux armv8l'))).toBe(null)
  expect(installWay(phone(mac, 'MacIntel', 0))).toBe(null)
})
