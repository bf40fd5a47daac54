/** Knows by the user agent alone whether this page is shown inside another app, which keeps what is written apart from the browser. */

export interface InAppBrowser {
  /** the name that people know it by; null: an app that does not say */
  app: string | null
  /** whether a link can ask the phone to open its browser */
  isAndroid: boolean
}

/** Marks that these apps put into their user agents, as seen in the wild; Messenger stands before Facebook, whose marks it has too. */
const marks: readonly [RegExp, string][] = [
  [/MessengerForiOS|MessengerLiteForiOS|FB_IAB\/(?:MESSENGER|Orca)/, 'Messenger'],
  [/FBAN|FBAV|FB_IAB/, 'Facebook'],
  [/Instagram/, 'Instagram'],
  [/WhatsApp/, 'WhatsApp'],
  [/musical_ly|BytedanceWebview|TikTok|\btrill_/, 'TikTok'],
  [/Telegram/, 'Telegram'],
  [/Snapchat/, 'Snapchat'],
  [/\bLine\//, 'LINE'],
]

/** Android's web view (https://developer.chrome.com/docs/webview/user-agent); one of iOS lacks the word that Safari ends with. */
const isWebView = (userAgent: string): boolean =>
  /; wv\)/.test(userAgent) || (/AppleWebKit\//.test(userAgent) && !/Safari\//.test(userAgent))

/** null in a browser, and in the app on the home screen (`isInstalled`), which on iOS has the user agent of a web view. */
export const inAppBrowser = (userAgent: string, isInstalled: boolean): InAppBrowser | null => {
  if (isInstalled) return null
  const app = marks.find(([mark]) => mark.test(userAgent))?.[1] ?? null
  if (app === null && !isWebView(userAgent)) return null
  return { app, isAndroid: /Android/.test(userAgent) }
}

/**
 * An address that has Android open `link` in the browser of the phone's choice, which is not Chrome on each of them
 * (https://developer.chrome.com/docs/android/intents). What stands behind `#` goes along and is sent to no server:
 * Android takes the last `#` for its own (`Intent.parseUri`).
 */
export const intentLink = (link: string): string =>
  `${link.replace(/^https?:/, 'intent:')}#Intent;scheme=${link.startsWith('http:') ? 'http' : 'https'};action=android.intent.action.VIEW;end`
