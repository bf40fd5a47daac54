/** The cards of a need's page in two columns; a new card is one line here. */

import { StatusLine } from '../../components/status-line.tsx'
import { errorWords } from '../../i18n/error-words.ts'
import { AfterPaint } from '../after-paint.tsx'
import { ConflictsCard } from '../conflicts-card.tsx'
import { laterPart } from '../later-part.tsx'
import { Judgement, ThingTalk } from '../thing-parts.ts'
import { ClaimsCard } from './claims-card.tsx'
import { ClosingLine } from './closing-line.tsx'
import { ConfirmCards } from './confirm-card.tsx'
import { MyClaimCard } from './my-claim-card.tsx'
import { NeedAddress } from './need-address.tsx'
import { conflictLines } from './need-conflicts.ts'
import { NeedFacts } from './need-facts.tsx'
import type { NeedPage } from './need-page.ts'
import { QuietActs } from './quiet-acts.tsx'

const MediaCard = laterPart(() => import('../media-card.tsx').then((parts) => parts.MediaCard))

const ConfidentialCard = laterPart(() =>
  import('../confidential-card.tsx').then((parts) => parts.ConfidentialCard),
)

const WhoCan = laterPart(() => import('./who-can.tsx').then((parts) => parts.WhoCan))

const MergedCard = laterPart(() => import('../merged-card.tsx').then((parts) => parts.MergedCard))

const Failed = ({ page: { runner } }: { page: NeedPage }) =>
  runner.error && (
    <StatusLine icon="warning" tone="urgent">
      {errorWords(runner.error)}
    </StatusLine>
  )

/** While more is wanted, whoever looks after a need asks others to take it. */
const mayAsk = ({ view, mayEdit, mayWrite }: NeedPage): boolean =>
  mayEdit && mayWrite && view.status.state === 'open' && !view.need.confidential

/** How things stand, and what it is. */
const FirstColumn = ({ page }: { page: NeedPage }) => (
  <div class="stack">
    {page.view.need.confidential && <ConfidentialCard page={page} />}
    {page.isJudged && <Judgement about={{ type: 'need', ...page.view.need }} />}
    {page.view.isJoined && <MergedCard needId={page.view.need.id} />}
    <ClosingLine page={page} />
    <MyClaimCard page={page} />
    <ConfirmCards page={page} />
    {/* who carries it needs the address before all else */}
    {page.isPromise && <NeedAddress page={page} />}
    <Failed page={page} />
    {page.view.need.mediaAt > 0 && <MediaCard need={page.view.need} />}
    <NeedFacts page={page} />
    <ConflictsCard lines={conflictLines(page)} />
  </div>
)

/** Who takes it, and what one can also do. */
const SecondColumn = ({ page }: { page: NeedPage }) => (
  <div class="stack">
    <ClaimsCard page={page} />
    {mayAsk(page) && <WhoCan page={page} />}
    {!page.isPromise && <NeedAddress page={page} />}
    <QuietActs page={page} />
    <ThingTalk
      about={{ type: 'need', ...page.view.need }}
      mayWrite={page.mayWrite}
      isForFew={page.view.need.confidential}
    />
  </div>
)

export const NeedParts = ({ page }: { page: NeedPage }) => (
  <div class="columns">
    <FirstColumn page={page} />
    <AfterPaint>
      <SecondColumn page={page} />
    </AfterPaint>
  </div>
)
