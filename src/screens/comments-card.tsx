/** What people ask and answer about a need or an offer, and the place to write. */

import { useState } from 'preact/hooks'
import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { StateMark } from '../components/state-mark.tsx'
import { showToast } from '../components/toast.tsx'
import type { Unsent } from '../hooks/unsent.ts'
import { useCommand } from '../hooks/use-command.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { useIsHidden } from '../hooks/use-hidings.ts'
import { useNow } from '../hooks/use-now.ts'
import { useComments } from '../hooks/use-talk.ts'
import { useUnsentThings } from '../hooks/use-unsent-things.ts'
import { errorWords, fieldError } from '../i18n/error-words.ts'
import { timeAgo } from '../i18n/time.ts'
import { t } from '../i18n/translate.ts'
import { type CommentRow, commentLimits } from '../records/comment/comment.ts'
import { Judgement } from './judgement.tsx'
import { type Names, useNames } from './names.ts'
import { OwnReportLine, ReportActs } from './report-acts.tsx'
import type { TalkAbout } from './talk-about.ts'

const Erase = ({ id }: { id: string }) => {
  const { run, busy } = useCommand()
  const [asking, setAsking] = useState(false)
  const erase = async () => {
    if ((await run({ type: 'comment.erase', id })).ok) showToast(t('comment.erased'))
  }
  return (
    <>
      <Button kind="quiet" icon="close" compact onClick={() => setAsking(true)}>
        {t('comment.erase')}
      </Button>
      <Dialog
        open={asking}
        title={t('comment.eraseAsk')}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button kind="ghost" onClick={() => setAsking(false)}>
              {t('act.dismiss')}
            </Button>
            <Button kind="danger" busy={busy} onClick={() => void erase()}>
              {t('comment.erase')}
            </Button>
          </>
        }
      >
        <p class="soft">{t('comment.eraseWhat')}</p>
      </Dialog>
    </>
  )
}

interface CommentProps {
  comment: CommentRow
  names: Names
  unsent: Unsent
  mayWrite: boolean
}

const Comment = ({ comment, names, unsent, mayWrite }: CommentProps) => {
  const { id, creator, text, createdAt } = comment
  const now = useNow()
  const about: TalkAbout = { type: 'comment', id, creator }
  const isMine = creator === names.me
  const by = names.nameOf(creator)
  const hidden = useIsHidden(about)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <li class="comment soft">{t('comment.hidden')}</li>
  return (
    <li class="comment">
      <p class="soft">
        {isMine ? t('need.fromMe') : t('need.from', { name: by })} · {timeAgo(createdAt, now)}
      </p>
      <p class="told">
        <Bdi>{text}</Bdi>
      </p>
      <Judgement about={about} />
      <OwnReportLine about={about} />
      {isMine && <StateMark state={unsent.has(id) ? 'local' : 'delivered'} />}
      {mayWrite && (
        <div class="ways">
          {isMine ? <Erase id={id} /> : <ReportActs about={about} commentBy={by} compact />}
        </div>
      )}
    </li>
  )
}

const Write = ({ about }: { about: TalkAbout & { type: 'need' | 'offer' } }) => {
  const { run, busy, error } = useCommand()
  const draft = useDraft(`comment.add.${about.id}`, { text: '' })
  const add = async () => {
    const { id: aboutId, type: aboutType } = about
    const result = await run({ type: 'comment.add', aboutId, aboutType, text: draft.value.text })
    if (!result.ok) return
    await draft.clear()
    showToast(t('comment.added'), 'saved')
  }
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <Field
        label={t('comment.write')}
        hint={t('comment.hint')}
        rows={2}
        value={draft.value.text}
        onInput={(text) => draft.change({ text })}
        max={commentLimits.textChars}
        error={fieldError(error, 'text') ?? (error ? errorWords(error) : undefined)}
      />
      <Button kind="ghost" icon="message" type="submit" busy={busy}>
        {t('comment.add')}
      </Button>
    </form>
  )
}

/** So many of the newest, and so many more each time: one who writes thousands takes the page from nobody. */
const shownAtOnce = 30

interface CommentsCardProps {
  about: TalkAbout & { type: 'need' | 'offer' }
  mayWrite: boolean
}

export const CommentsCard = ({ about, mayWrite }: CommentsCardProps) => {
  const comments = useComments(about.id)
  const unsent = useUnsentThings()
  const names = useNames()
  const [most, setMost] = useState(shownAtOnce)
  if (!comments || !unsent) return null
  return (
    <Card as="section">
      <h2>{t('comment.title')}</h2>
      {comments.length === 0 && <p class="soft">{t('comment.none')}</p>}
      {comments.length > most && (
        <Button kind="ghost" compact onClick={() => setMost(most + shownAtOnce)}>
          {t('comment.earlier')}
        </Button>
      )}
      {comments.length > 0 && (
        <ul class="comments">
          {comments.slice(-most).map((comment) => (
            <Comment key={comment.id} comment={comment} names={names} unsent={unsent} mayWrite={mayWrite} />
          ))}
        </ul>
      )}
      {mayWrite && <Write about={about} />}
    </Card>
  )
}
