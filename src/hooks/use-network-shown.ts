/** Waits until a network that the engine has taken up is the one on the screen: a place of members is none before. */

import { effect } from '@preact/signals'
import { useDoor } from './door.ts'

export const useNetworkShown = (): ((networkId: string) => Promise<void>) => {
  const { network } = useDoor()
  return async (networkId) => {
    let stop: () => void = () => undefined
    await new Promise<void>((resolve) => {
      stop = effect(() => {
        if (network.value?.networkId === networkId) resolve()
      })
    })
    stop()
  }
}
