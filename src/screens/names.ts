/** Whose name stands where a record holds a device id. */

import { useMembersById, useNetwork } from '../hooks/use-network.ts'
import { t } from '../i18n/translate.ts'

export interface Names {
  /** this device, '' before the network is read */
  me: string
  /** a name as typed; words for «me» and for somebody whose name has not come yet */
  nameOf: (device: string) => string
}

export const useNames = (): Names => {
  const members = useMembersById()
  const me = String(useNetwork()?.deviceId ?? '')
  const nameOf = (device: string): string => {
    if (device === me) return t('people.me')
    return members.get(device)?.name || t('people.unknown')
  }
  return { me, nameOf }
}
