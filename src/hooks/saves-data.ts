/** Whether what was not asked for is left where it is: by the setting of the app, or because the phone asks every page for it. */

import type { Settings } from './door.ts'

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/netinfo/). */
interface SparingNavigator {
  readonly connection?: { readonly saveData?: boolean }
}

export const phoneSavesData = (): boolean =>
  (globalThis.navigator as SparingNavigator | undefined)?.connection?.saveData === true

export const savesData = ({ dataSaver }: Pick<Settings, 'dataSaver'>): boolean =>
  dataSaver || phoneSavesData()
