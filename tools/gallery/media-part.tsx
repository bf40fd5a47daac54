/** The gallery's part of voice notes, codes and drawings. */

import '../../src/components/styles/media.css'
import { Drawing } from '../../src/components/drawing.tsx'
import { HoldToSpeak } from '../../src/components/hold-to-speak.tsx'
import { QrCode } from '../../src/components/qr-code.tsx'
import { QrSequence } from '../../src/components/qr-sequence.tsx'
import { VoicePlayer } from '../../src/components/voice-player.tsx'
import { VoiceWave } from '../../src/components/voice-wave.tsx'
import { t } from '../../src/i18n/translate.ts'

const none = () => undefined
const peaks = Uint8Array.from(
  { length: 48 },
  (_, i) => 40 + 200 * Math.abs(Math.sin(i / 3) * Math.cos(i / 11)),
)
const link = 'https://tadamun.example/#j=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789'
const parts = [`${link}1`, `${link}2`, `${link}3`]
/** As a microphone hears somebody who speaks evenly for 7 s. */
const speaking = {
  current: { level: () => 0.6, ms: () => 7000, take: new Promise<never>(none), stop: none, cancel: none },
}

const Voices = () => (
  <>
    <h2>Hold to speak</h2>
    {(['idle', 'asking', 'recording', 'keeping'] as const).map((state) => (
      <HoldToSpeak
        key={state}
        state={state}
        recording={state === 'recording' ? speaking : { current: null }}
        maxMs={60_000}
        onStart={none}
        onStop={none}
      />
    ))}
    <h2>Voice note: not here, coming, not playable, half heard, quiet</h2>
    <VoicePlayer url={null} ms={7000} peaks={peaks} coming={null} onWanted={none} label={t('voice.play')} />
    <VoicePlayer url={null} ms={59_000} peaks={peaks} coming={0.4} onWanted={none} label={t('voice.play')} />
    <VoicePlayer
      url="data:audio/wav,"
      ms={7000}
      peaks={peaks}
      coming={null}
      onWanted={none}
      label={t('voice.play')}
    />
    <VoiceWave peaks={peaks} ms={7000} atMs={3500} onSeek={none} />
    <VoiceWave peaks={new Uint8Array()} ms={7000} atMs={0} onSeek={null} />
  </>
)

export const MediaPart = () => (
  <main class="gallery-part">
    <Voices />
    <h2>QR code, one and several</h2>
    <QrCode text={link} label={t('invite.qr')} />
    <QrSequence parts={parts} label={t('invite.qr')} />
    <h2>Drawing</h2>
    <div class="row">
      {(['notebook', 'houses', 'arrived', 'door'] as const).map((name) => (
        <Drawing key={name} name={name} />
      ))}
    </div>
  </main>
)
