import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxShareChars, shareText, withoutPhones } from '../../src/screens/share-text.ts'

describe('a shared text', () => {
  test('has the title, the details and one line for each fact', () => {
    const text = shareText({
      title: 'حاجة: ماء',
      details: 'مقطوع من يومين',
      facts: ['متى: اليوم', '', 'المكان: ٧'],
    })
    expect(text).toBe('حاجة: ماء\nمقطوع من يومين\nمتى: اليوم\nالمكان: ٧')
  })

  test('is never longer than 700 characters, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 900, unit: 'grapheme' }),
        fc.string({ maxLength: 2000, unit: 'grapheme' }),
        fc.array(fc.string({ maxLength: 300 }), { maxLength: 5 }),
        (title, details, facts) => shareText({ title, details, facts }).length <= maxShareChars,
      ),
    )
  })

  test('cuts the details before the facts', () => {
    const text = shareText({ title: 'ماء', details: 'ا'.repeat(1000), facts: ['متى: اليوم'] })
    expect(text.endsWith('…\nمتى: اليوم')).toBe(true)
    expect(text.length).toBeLessThanOrEqual(maxShareChars)
  })

  test.each(['0770 123 4567', '+964-780-555-6677', '٠٧٨٠٥٥٥٦٦٧٧', '(0770) 123.4567'])(
    'does not pass on the number %s that stands in the details',
    (phone) => {
      const text = shareText({ title: 'دواء', details: `الاتصال ${phone} مساءً`, facts: [] })
      expect(text).toBe('دواء\nالاتصال … مساءً')
    },
  )

  test('keeps ages, amounts and house numbers', () => {
    expect(withoutPhones('أعمار ٤ و٧ و٩، الشارع 12، عدد 1500')).toBe('أعمار ٤ و٧ و٩، الشارع 12، عدد 1500')
  })
})
