/** The one Trusted Types policy, `tadamun`: only scripts of this very origin may become a worker or service worker. */

interface Policy {
  createScriptURL(url: string): unknown
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy
}

const sameOrigin = (url: string): string => {
  const full = new URL(url, location.href)
  if (full.origin !== location.origin) throw new Error(`a script from ${full.origin} is never run`)
  return full.href
}

// browsers without Trusted Types (Safari before 26, Firefox) take the plain text
const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
const policy = factory?.createPolicy('tadamun', { createScriptURL: sameOrigin })

/** Throws for a script of another origin, which is always a fault of ours. */
export const trustedUrl = (url: string): string =>
  (policy ? policy.createScriptURL(url) : sameOrigin(url)) as string
