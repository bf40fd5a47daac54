import { describe, expect, test } from 'vitest'
import { callLink, internationalDigits, mapLink, whatsappLink } from '../../src/screens/phone-links.ts'

describe('a phone number', () => {
  test('with a country is taken as it is', () => {
    expect(internationalDigits('+9647805556677', [])).toBe('9647805556677')
    expect(internationalDigits('009647805556677', ['fr-FR'])).toBe('9647805556677')
  })

  test('without one takes the country of the phone’s region', () => {
    expect(internationalDigits('07701234567', ['en', 'ar-IQ'])).toBe('9647701234567')
    expect(internationalDigits('0612345678', ['ar-MA'])).toBe('212612345678')
  })

  test('has no WhatsApp link where the country is not known: a guess would write to a stranger', () => {
    expect(whatsappLink('07701234567', ['ar'])).toBeNull()
    expect(whatsappLink('7701234567', ['ar-IQ'])).toBeNull()
    expect(whatsappLink('07701234567', ['ar-IQ'])).toBe('https://wa.me/9647701234567')
  })

  test('can always be called', () => {
    expect(callLink('07701234567')).toBe('tel:07701234567')
  })
})

test('an address opens the map that the phone has', () => {
  const query = encodeURIComponent('الشارع ١٢ & جامع')
  expect(mapLink('الشارع ١٢ & جامع', 'Mozilla/5.0 (Linux; Android 12)')).toBe(`geo:0,0?q=${query}`)
  expect(mapLink('الشارع ١٢ & جامع', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17)')).toBe(`maps:?q=${query}`)
})
