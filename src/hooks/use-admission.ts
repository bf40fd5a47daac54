/** Whether this phone is in the network on the screen yet: from the phone alone, before the engine is awake. */

import { useMe, useMembers } from './use-network.ts'
import { useStatus } from './use-status.ts'

/**
 * - `in`, also of who was and is out now
 * - `asked`: a coordinator's answer is awaited
 * - `coming`: nothing of the network is here yet, or the engine has not said why
 * - undefined: not read yet
 */
export const useAdmission = (): 'in' | 'asked' | 'coming' | undefined => {
  const members = useMembers()
  const me = useMe()
  const { joining } = useStatus()
  if (me) return 'in'
  if (members === undefined) return undefined
  return joining !== null && joining.words !== null ? 'asked' : 'coming'
}
