/** The first cards of the board as a stock Yjs app has them: load the document, turn it into objects, draw. */

import '../../../../src/components/styles/all.css'
import { signal } from '@preact/signals'
import { render } from 'preact'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { type Door, DoorContext } from '../../../../src/hooks/door.ts'
import { loadLanguage } from '../../../../src/i18n/translate.ts'
import type { ClaimRow } from '../../../../src/records/claim/claim.ts'
import { isOver, needStatus } from '../../../../src/records/claim/claim-order.ts'
import type { NeedRow } from '../../../../src/records/need/need.ts'
import type { NeedCard as Card } from '../../../../src/records/need/queries.ts'
import { NeedCard } from '../../../../src/screens/need-card.tsx'

/** As many as ours draws first. */
const firstCards = 12
const reader = 'reader'
const unsent = { has: () => false, isNew: () => false }

const rowsOf = <Row,>(doc: Y.Doc, table: string): Row[] => Object.values(doc.getMap(table).toJSON()) as Row[]

const rank = ({ urgency }: NeedRow): number => (urgency === 'today' ? 0 : 1)

/** In the order of our board. */
const cardsOf = (doc: Y.Doc, nowMs: number): Card[] => {
  const claims = Map.groupBy(rowsOf<ClaimRow>(doc, 'claims'), ({ needId }) => needId)
  return rowsOf<NeedRow>(doc, 'needs')
    .map((need) => ({ need, status: needStatus(need, claims.get(need.id) ?? [], nowMs) }))
    .filter(({ status }) => !isOver(status))
    .sort((a, b) => rank(a.need) - rank(b.need) || b.need.createdAt - a.need.createdAt)
    .slice(0, firstCards)
}

const start = async (): Promise<void> => {
  const doc = new Y.Doc()
  const [, persistence] = await Promise.all([
    loadLanguage('ar'),
    new IndexeddbPersistence('stock', doc).whenSynced,
  ])
  const now = Date.now()
  const members = persistence.doc.getMap('members') as Y.Map<Y.Map<unknown>>
  const names = {
    me: '',
    nameOf: (id: string) => String(members.get(id)?.get('name') ?? ''),
    apartWords: () => '',
  }
  // all that a card asks of it: who reads, and a database of ours, which is not there
  const door = { network: signal({ memberId: reader }), database: signal(null) } as unknown as Door
  const place = document.getElementById('app')
  if (!place) throw new Error('index.html has the place')
  render(
    <DoorContext.Provider value={door}>
      <ul class="records">
        {cardsOf(doc, now).map(({ need, status }) => (
          <NeedCard
            key={need.id}
            // whoever wrote it sees it without asking whether it is hidden
            card={{ need: { ...need, creator: reader as NeedRow['creator'] }, status }}
            names={names}
            unsent={unsent}
            now={now}
          />
        ))}
      </ul>
    </DoorContext.Provider>,
    place,
  )
  await navigator.serviceWorker.register('/sw.js')
}

void start()
