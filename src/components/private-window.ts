/** Whether this may be a private window, as far as a browser lets a page know. */

/**
 * Firefox and Safari give a private window no file system of its own and say so by refusing
 * (https://developer.mozilla.org/en-US/docs/Web/API/StorageManager/getDirectory). Chrome's looks like any other.
 */
export const isPrivateWindow = async (
  storage: Partial<Pick<StorageManager, 'getDirectory'>> | undefined,
): Promise<boolean> => {
  // browsers from before it
  if (typeof storage?.getDirectory !== 'function') return false
  try {
    await storage.getDirectory()
    return false
  } catch (reason) {
    console.info('no files here', reason)
    return true
  }
}
