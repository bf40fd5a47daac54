/** Whose name stands where a record holds the id of a person. */

import { useMemo } from 'preact/hooks'
import { useMembersById, useMyId } from '../hooks/use-network.ts'
import { formatDate } from '../i18n/time.ts'
import { language, t } from '../i18n/translate.ts'
import { isShared, sharedNames } from './people-order.ts'

export interface Names {
  /** this person, '' before the network is read */
  me: string
  /** a name as typed; words for «me» and for somebody whose name has not come yet */
  nameOf: (device: string) => string
  /** tells apart two of the same name, '' where there is no need */
  apartWords: (device: string) => string
}

export const useNames = (): Names => {
  const members = useMembersById()
  const me = String(useMyId() ?? '')
  // folds every name: once for a list of people, not with each letter of a search
  const shared = useMemo(() => sharedNames([...members.values()]), [members])
  return useMemo(() => {
    const nameOf = (device: string): string => {
      if (device === me) return t('people.me')
      // not read yet: better no word for a moment than a wrong one
      if (members.size === 0) return ''
      return members.get(device)?.name || t('people.unknown')
    }
    const apartWords = (device: string): string => {
      const member = members.get(device)
      if (!member || device === me || !isShared(shared, member.name)) return ''
      return t('people.joined', { date: formatDate(member.joinedAt) })
    }
    return { me, nameOf, apartWords }
  }, [members, shared, me, language.value])
}
