/** What changed since one last looked, in at most twelve lines; each leads to what it is about. */

import { EmptyState } from '../../components/empty-state.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { type Changes, useChanges } from '../../hooks/use-changes.ts'
import { t } from '../../i18n/translate.ts'
import { changeLines } from '../change-lines.ts'
import { changeHref, changeIcon, changeWords } from '../change-words.ts'
import { useNames } from '../names.ts'

const Lines = ({ changes: { me, news, isOld } }: { changes: Changes }) => {
  const names = useNames()
  const lines = changeLines(news, me)
  return (
    <>
      {(isOld || lines.length === 0) && (
        <EmptyState drawing="arrived" title={t('changes.none')}>
          {t('changes.noneWhy')}
        </EmptyState>
      )}
      {lines.length > 0 && (
        <section class="stack" aria-label={t('changes.title')}>
          {isOld && <h2 class="section-head">{t('changes.before')}</h2>}
          <List>
            {lines.map((line) => (
              <ListRow
                key={`${line.kind} ${changeHref(line)} ${line.n}`}
                icon={changeIcon(line)}
                tone={
                  ['two', 'missed', 'notReceived'].includes(line.kind)
                    ? 'wait'
                    : line.isMine
                      ? 'act'
                      : 'plain'
                }
                title={changeWords(line, names)}
                href={changeHref(line)}
              />
            ))}
          </List>
        </section>
      )}
    </>
  )
}

const ChangesScreen = () => {
  const changes = useChanges()
  return (
    <Screen title={t('changes.title')} back="/today">
      {changes && <Lines changes={changes} />}
    </Screen>
  )
}

export default ChangesScreen
