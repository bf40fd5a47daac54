/** What the large button opens: I need, I can help, a message to paste. */

import { Sheet } from '../components/dialog.tsx'
import { List, ListRow } from '../components/list-row.tsx'
import { t } from '../i18n/translate.ts'

export const AddSheet = ({ open, onClose }: { open: boolean; onClose: () => void }) => (
  <Sheet open={open} onClose={onClose} title={t('act.add')}>
    <List>
      <ListRow href="/add/need" icon="add" tone="wait" title={t('act.need')} detail={t('add.needHint')} />
      <ListRow href="/add/offer" icon="take" title={t('act.offer')} detail={t('add.offerHint')} />
      <ListRow href="/paste" icon="paste" title={t('act.paste')} detail={t('add.pasteHint')} />
    </List>
  </Sheet>
)
