/** One person who asks, and the three answers: the words are the same, they differ, not now. */

import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { FourWords } from '../../components/four-words.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import type { useRequests } from '../../hooks/use-people.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { isLanguage, type Language, languages } from '../../i18n/languages.ts'
import { timeAgo } from '../../i18n/time.ts'
import { isolated, language, t } from '../../i18n/translate.ts'
import type { Names } from '../names.ts'

type Request = NonNullable<ReturnType<typeof useRequests>>[number]

interface RequestCardProps {
  request: Request
  names: Names
  now: number
}

/** The asker's phone shows the words in its own language: then both are shown here. */
const otherLanguage = ({ languages: spoken }: Request): Language | null => {
  const first = spoken.find(isLanguage)
  return first !== undefined && first !== language.value ? first : null
}

export const RequestCard = ({ request, names, now }: RequestCardProps) => {
  const { run, busy, error } = useCommand()
  const [differ, setDiffer] = useState(false)
  const { deviceId, role, words, invitedBy, reason } = request
  const name = request.name || t('requests.unnamed')
  // his phone, which was in already, shows none
  const hasWords = words.length > 0
  const yes = hasWords ? t('requests.same') : t('requests.again')
  const theirs = hasWords ? otherLanguage(request) : null

  const admit = async () => {
    const result = await run({ type: 'member.admit', deviceId, role })
    if (result.ok) showToast(result.value.isVote ? t('vote.given') : t('requests.admitted', { name }))
  }
  const decline = async () => {
    const result = await run({ type: 'member.decline', deviceId })
    if (result.ok) showToast(t('requests.putOff'))
  }
  return (
    <li class={`card${request.declined ? ' quieter' : ''}`}>
      <h2>
        <Bdi>{name}</Bdi>
      </h2>
      <p class="soft">
        {invitedBy === null
          ? t('requests.fromNobody')
          : invitedBy === names.me
            ? t('requests.fromMe')
            : t('requests.from', { name: names.nameOf(invitedBy) })}
        {' · '}
        {timeAgo(request.askedAt, now)}
        {' · '}
        {t(`role.${role}`)}
      </p>
      {request.name === '' && <p class="soft">{t('requests.unnamedWhy')}</p>}
      {reason !== 'approval' && (
        <StatusLine icon="info" tone="wait">
          {hasWords ? t(`requests.${reason}`) : t('requests.wasIn')}
        </StatusLine>
      )}
      {hasWords && <FourWords values={words} />}
      {theirs && (
        <>
          <p class="soft">{t('requests.theirLanguage', { language: languages[theirs].name })}</p>
          <FourWords values={words} lang={theirs} />
        </>
      )}
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
      {differ ? (
        <>
          <StatusLine icon="warning" tone="urgent">
            {t('join.stop')}
          </StatusLine>
          <div class="row">
            <Button kind="danger" busy={busy} onClick={() => void decline()}>
              {t('join.decline')}
            </Button>
            <Button kind="quiet" onClick={() => setDiffer(false)}>
              {t('nav.back')}
            </Button>
          </div>
        </>
      ) : (
        <div class="row">
          <Button icon="check" busy={busy} label={`${yes}: ${isolated(name)}`} onClick={() => void admit()}>
            {yes}
          </Button>
          {hasWords && (
            <Button
              kind="ghost"
              label={`${t('join.differ')}: ${isolated(name)}`}
              onClick={() => setDiffer(true)}
            >
              {t('join.differ')}
            </Button>
          )}
          {request.declined === 0 && (
            <Button
              kind="quiet"
              busy={busy}
              label={`${t('act.notNow')}: ${isolated(name)}`}
              onClick={() => void decline()}
            >
              {t('act.notNow')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}
