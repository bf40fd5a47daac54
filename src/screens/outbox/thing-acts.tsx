/** What can be done with one thing that has not left this phone: look at it, change it, take it back, pass it on. */

import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/dialog.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import type { OutboxThing, TakeBack } from '../../hooks/use-outbox-things.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { categoryWord } from '../category-words.ts'

const takeBackWords = ({ type }: TakeBack): string => {
  if (type === 'need.cancel') return t('act.cancelNeed')
  return type === 'offer.end' ? t('act.endOffer') : t('act.release')
}

const Acts = ({ thing, onClose }: { thing: OutboxThing; onClose: () => void }) => {
  const { run, busy, error } = useCommand()
  const { takeBack, href, type } = thing
  const end = async () => {
    if (takeBack && (await run(takeBack)).ok) onClose()
  }
  return (
    <div class="stack">
      {href !== undefined && (
        <Button kind="ghost" icon="forward" href={href}>
          {t('unsent.open')}
        </Button>
      )}
      {href !== undefined && type !== 'claim' && (
        <Button kind="ghost" icon="edit" href={`/edit${href}`}>
          {t('act.edit')}
        </Button>
      )}
      <Button kind="ghost" icon="scan" href="/neighbour">
        {t('network.neighbour')}
      </Button>
      {takeBack && (
        <Button kind="danger" icon="release" busy={busy} onClick={() => void end()}>
          {takeBackWords(takeBack)}
        </Button>
      )}
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </div>
  )
}

export const ThingActs = ({ thing, onClose }: { thing: OutboxThing | null; onClose: () => void }) => {
  const typed = thing?.title || (thing?.category && categoryWord(thing.category))
  const title = typed ? <Bdi>{typed}</Bdi> : t('unsent.acts')
  return (
    <Sheet open={thing !== null} title={title} onClose={onClose}>
      {thing && <Acts key={thing.key} thing={thing} onClose={onClose} />}
    </Sheet>
  )
}
