/** How the app gets to the home screen where the browser cannot ask by itself (iPhone and iPad): two drawn steps. */

import { t } from '../i18n/translate.ts'
import { Badge } from './badge.tsx'

/** Safari says so only here; other browsers on iOS do too, and have the same share menu. */
export const isIos = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1)

const isInstalled = (): boolean => matchMedia('(display-mode: standalone)').matches

export const InstallSteps = () =>
  isIos() && !isInstalled() ? (
    <ol class="stack">
      <li class="row">
        <Badge icon="iosShare" />
        <span>{t('install.iosShare')}</span>
      </li>
      <li class="row">
        <Badge icon="iosAdd" />
        <span>{t('install.iosAdd')}</span>
      </li>
      <li class="soft">{t('install.iosAgain')}</li>
    </ol>
  ) : null
