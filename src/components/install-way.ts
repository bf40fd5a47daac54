/** How an app gets to the home screen in a browser that cannot ask by itself. */

interface Phone {
  userAgent: string
  platform: string
  maxTouchPoints: number
}

/** An iPad says that it is a Mac, which has no touch screen. */
const isIos = ({ userAgent, platform, maxTouchPoints }: Phone): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (platform === 'MacIntel' && maxTouchPoints > 1)

/** `share`: by the share sheet of iOS; `menu`: by the menu of Firefox on Android; null: the browser asks by itself, or cannot. */
export const installWay = (phone: Phone): 'share' | 'menu' | null => {
  if (isIos(phone)) return 'share'
  return /Android.*Firefox\//.test(phone.userAgent) ? 'menu' : null
}
