/** At the end of a need's or an offer's page: comments, what happened, and telling the coordinators. Fetched when it is shown. */

import '../components/styles/talk.css'
import { Button } from '../components/button.tsx'
import { t } from '../i18n/translate.ts'
import { CommentsCard } from './comments-card.tsx'
import { OwnReportLine, ReportActs } from './report-acts.tsx'
import type { TalkAbout } from './talk-about.ts'

interface ThingTalkProps {
  about: TalkAbout & { type: 'need' | 'offer' }
  /** no follower, and still in the network */
  mayWrite: boolean
  /** what would be written about it here is for all, so nothing is */
  isForFew?: boolean
}

export const ThingTalk = ({ about, mayWrite, isForFew = false }: ThingTalkProps) => (
  <>
    {!isForFew && <CommentsCard about={about} mayWrite={mayWrite} />}
    <OwnReportLine about={about} />
    <div class="acts">
      <Button kind="quiet" icon="book" href={`/history/${about.type}/${about.id}`}>
        {t('history.title')}
      </Button>
      {mayWrite && <ReportActs about={about} mayHide={!isForFew} />}
    </div>
  </>
)

// one file for all parts of a page that come later
export { HiddenCard } from './hidden-card.tsx'
export { Judgement } from './judgement.tsx'
