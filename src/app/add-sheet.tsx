/** What the large button opens: I need, I can help, a message to paste, a visit at a door. */

import { Sheet } from '../components/dialog.tsx'
import { List, ListRow } from '../components/list-row.tsx'
import { useNoted } from '../hooks/use-noted.ts'
import { t } from '../i18n/translate.ts'

export const AddSheet = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  // whoever has gone from door to door before finds that first
  const isVisitor = useNoted().notes?.has('visit') ?? false
  const visit = <ListRow href="/add/visit" icon="visit" title={t('add.visit')} detail={t('add.visitHint')} />
  return (
    <Sheet open={open} onClose={onClose} title={t('act.add')}>
      <List>
        {isVisitor && visit}
        <ListRow href="/add/need" icon="add" tone="wait" title={t('act.need')} detail={t('add.needHint')} />
        <ListRow href="/add/offer" icon="take" title={t('act.offer')} detail={t('add.offerHint')} />
        <ListRow href="/paste" icon="paste" title={t('act.paste')} detail={t('add.pasteHint')} />
        {!isVisitor && visit}
      </List>
    </Sheet>
  )
}
