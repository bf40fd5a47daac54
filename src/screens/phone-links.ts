/** From what was typed as a contact to links that a phone can open: call, WhatsApp, map. */

/** ITU-T E.164 calling codes of the regions where our neighbours and their families live. */
const callingCodes: Readonly<Record<string, string>> = {
  ...{ AE: '971', BH: '973', DZ: '213', EG: '20', IQ: '964', IR: '98', JO: '962', KW: '965', LB: '961' },
  ...{ LY: '218', MA: '212', MR: '222', OM: '968', PS: '970', QA: '974', SA: '966', SD: '249', SY: '963' },
  ...{ TN: '216', TR: '90', YE: '967', DE: '49', FR: '33', GB: '44', NL: '31', SE: '46', US: '1', CA: '1' },
}

const regionOf = (preferred: readonly string[]): string | undefined =>
  preferred.map((tag) => /-([A-Z]{2})\b/i.exec(tag)?.[1]?.toUpperCase()).find(Boolean)

/**
 * Digits after the plus sign, as WhatsApp wants them. A number without a country takes that of the browser's region;
 * null where that is not known, because a guess would write to a stranger.
 */
export const internationalDigits = (phone: string, preferred: readonly string[]): string | null => {
  if (phone.startsWith('+')) return phone.slice(1)
  if (phone.startsWith('00')) return phone.slice(2)
  const code = callingCodes[regionOf(preferred) ?? '']
  return code === undefined || !phone.startsWith('0') ? null : code + phone.slice(1)
}

export const callLink = (phone: string): string => `tel:${phone}`

export const whatsappLink = (phone: string, preferred: readonly string[]): string | null => {
  const digits = internationalDigits(phone, preferred)
  return digits === null ? null : `https://wa.me/${digits}`
}

/** RFC 5870 with the query that map apps understand; iPhones know `maps:` only. */
export const mapLink = (address: string, userAgent: string): string => {
  const query = encodeURIComponent(address)
  return /iPhone|iPad/.test(userAgent) ? `maps:?q=${query}` : `geo:0,0?q=${query}`
}
