/** Who reads a report: whoever wrote it, and every coordinator but the one whom it is about. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'

/** `about`: who wrote the thing. */
export const reportReaders = (
  reporter: DeviceId,
  about: DeviceId,
  coordinators: readonly DeviceId[],
): DeviceId[] => [reporter, ...coordinators.filter((person) => person !== about && person !== reporter)]
