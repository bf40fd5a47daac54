/** Hands a made file to the person: by the phone's own sheet where it takes such files, else as a download. */

const download = (file: File): void => {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // the browser has begun to read it by then
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** `closed`: the person closed the sheet. */
export const giveFile = async (file: File): Promise<'shared' | 'kept' | 'closed'> => {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return 'shared'
    } catch (reason) {
      // closing the sheet is a choice; what the system would not take is downloaded
      if (reason instanceof DOMException && reason.name === 'AbortError') return 'closed'
    }
  }
  download(file)
  return 'kept'
}
