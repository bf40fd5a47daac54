/** What a network decides for itself: who may invite, how long a promise holds, which kinds of need it adds. */

import { Card } from '../../components/card.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMembersMayInvite } from '../../hooks/use-people.ts'
import { usePromiseHours } from '../../hooks/use-promise-hours.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

/** Hours that people say; another one that is there already stays choosable. */
const choices = { 12: 'h12', 24: 'h24', 48: 'h48', 72: 'h72', 168: 'h168' } as const

const isChoice = (hours: number): hours is keyof typeof choices => hours in choices
const hoursWords = (hours: number): string =>
  isChoice(hours) ? t(`hold.${choices[hours]}`) : t('n.hoursAlone', { count: hours })

const PromiseHours = ({ onChoose }: { onChoose: (hours: number) => void }) => {
  const hours = usePromiseHours()
  if (hours === undefined) return null
  return (
    <div class="stack tight">
      <SegmentedChoice
        legend={t('hold.legend')}
        value={String(hours)}
        options={[...new Set([...Object.keys(choices).map(Number), hours])]
          .sort((a, b) => a - b)
          .map((each) => ({
            value: String(each),
            label: hoursWords(each),
          }))}
        onChange={(chosen) => onChoose(Number(chosen))}
      />
      <p class="soft">{t('hold.hint')}</p>
    </div>
  )
}

/** `alone`: there is nobody yet who could invite or promise. */
export const NetworkRules = ({ alone }: { alone: boolean }) => {
  const membersMayInvite = useMembersMayInvite()
  const { run, error } = useCommand()
  return (
    <>
      {!alone && <h2 class="section-head part-head">{t('role.coordinators')}</h2>}
      {!alone && (
        <Card as="section">
          <Toggle
            label={t('network.membersInvite')}
            hint={t('network.membersInviteWhat')}
            checked={membersMayInvite}
            onChange={(checked) => void run({ type: 'network.settings', membersMayInvite: checked })}
          />
          <PromiseHours onChoose={(hours) => void run({ type: 'promiseHours.set', hours })} />
          {error && (
            <StatusLine icon="warning" tone="urgent">
              {errorWords(error)}
            </StatusLine>
          )}
        </Card>
      )}
      <List>
        <ListRow href="/categories" icon="tag" tone="plain" title={t('own.title')} />
      </List>
    </>
  )
}
