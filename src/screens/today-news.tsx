/** On Today: to coordinators what was reported, and to everybody the first of what changed. Fetched when there is any. */

import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { List, ListRow } from '../components/list-row.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useNewsLine } from '../hooks/use-changes.ts'
import { useNeed } from '../hooks/use-need.ts'
import { useOffer } from '../hooks/use-offer.ts'
import { type OpenReport, useOpenReports } from '../hooks/use-talk.ts'
import { t } from '../i18n/translate.ts'
import { changeLines } from './change-lines.ts'
import { changeIcon, changeWords } from './change-words.ts'
import { type Names, useNames } from './names.ts'
import { needTitle } from './need-words.ts'
import { offerTitle } from './offer-words.ts'

const Report = ({ open: { report, page }, names }: { open: OpenReport; names: Names }) => {
  const need = useNeed(page?.type === 'need' ? page.id : '')
  const offer = useOffer(page?.type === 'offer' ? page.id : '')
  const title = need ? needTitle(need.need) : offer ? offerTitle(offer.offer) : ''
  if (!page || title === '') return null
  const why = t(`report.${report.reason}`)
  return (
    <Card tone="wait">
      <StatusLine icon="shield" tone="wait">
        <span class="strong">{t('report.line', { title })}</span>
      </StatusLine>
      <p class="soft">{t('report.lineMore', { why, name: names.nameOf(report.creator) })}</p>
      <div class="row">
        <Button compact href={`/${page.type}/${page.id}`}>
          {t('report.look')}
        </Button>
      </div>
    </Card>
  )
}

/** Each asks for a look; the rest follows as these are decided. */
const reportsAtOnce = 5

/** One for each thing, the first that was written: who reports one a hundred times takes Today from nobody. */
const firstOfEach = (reports: readonly OpenReport[]): OpenReport[] => {
  const byThing = new Map<string, OpenReport>()
  for (const open of reports) if (!byThing.has(open.report.aboutId)) byThing.set(open.report.aboutId, open)
  return [...byThing.values()].slice(0, reportsAtOnce)
}

/** The first line, and how many there are beside it. */
const Changes = ({ names }: { names: Names }) => {
  const news = useNewsLine()
  const lines = news ? changeLines(news, names.me) : []
  const [first] = lines
  if (!first) return null
  return (
    <List label={t('changes.title')}>
      <ListRow
        icon={changeIcon(first)}
        title={changeWords(first, names)}
        detail={lines.length > 1 ? t('changes.more', { count: lines.length - 1 }) : undefined}
        href="/changes"
      />
    </List>
  )
}

export const TodayNews = () => {
  const names = useNames()
  const reports = useOpenReports()
  return (
    <>
      {firstOfEach(reports).map((open) => (
        <Report key={open.report.id} open={open} names={names} />
      ))}
      <Changes names={names} />
    </>
  )
}
