/** How far an exchange is that takes long: what is going on, in words, and how much has passed. */

import { StatusLine } from '../components/status-line.tsx'
import { useStatus } from '../hooks/use-status.ts'
import { t } from '../i18n/translate.ts'
import { roomWords } from './size-words.ts'

/**
 * Nothing while nothing goes on, or while it takes no longer than one waits without a word. That something is being sent
 * stands beside it: of news it speaks once some have come.
 */
export const ExchangeProgress = () => {
  const { exchange, progress } = useStatus()
  if (exchange !== 'running' || progress === null) return null
  const { step, bytesSent, bytesReceived } = progress
  if (step === 'news' && bytesReceived < 1000) return null
  const size = roomWords(step === 'refill' ? bytesSent : bytesReceived)
  return <StatusLine icon="refresh">{t(`progress.${step}`, { size })}</StatusLine>
}
