/** How the app gets to the home screen where the browser cannot ask by itself: drawn steps, each with its words. Nothing where it is there already. */

import { t } from '../i18n/translate.ts'
import { Badge } from './badge.tsx'
import { inAppBrowser } from './in-app-browser.ts'
import { installWay } from './install-way.ts'
import { isInstalled } from './is-installed.ts'

const ShareSteps = () => (
  <ol class="stack">
    <li class="row whole">
      <Badge icon="iosShare" />
      <span>{t('install.iosShare')}</span>
    </li>
    <li class="row whole">
      <Badge icon="iosAdd" />
      <span>{t('install.iosAdd')}</span>
    </li>
    <li class="soft">{t('install.iosAgain')}</li>
  </ol>
)

export const InstallSteps = () => {
  const way = installWay(navigator)
  // another app has no home screen to give; there the way leads through the browser
  if (way === null || isInstalled() || inAppBrowser(navigator.userAgent, false) !== null) return null
  if (way === 'share') return <ShareSteps />
  return (
    <p class="row whole">
      <Badge icon="more" />
      <span>{t('install.menu')}</span>
    </p>
  )
}
