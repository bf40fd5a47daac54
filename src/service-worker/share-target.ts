/** What another app shares comes as a form: it is handed to the page behind the #, so that no relay ever sees it. */

/** Longer than any message; the screen reads no more. */
const maxChars = 20_000

const fieldOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

/** Sends the browser on to the screen that reads messages; its name is in tools/web-manifest.ts. */
export const answerShare = async (request: Request): Promise<Response> => {
  const form = await request.formData()
  const parts = ['title', 'text', 'url'].map((name) => fieldOf(form, name)).filter((part) => part !== '')
  // many apps say the same in two of the three
  const told = parts.filter(
    (part, i) => !parts.some((other, j) => j !== i && other.includes(part) && (other !== part || j < i)),
  )
  const text = told
    .join('\n')
    .slice(0, maxChars)
    .replace(/[\uD800-\uDBFF]$/, '')
  return Response.redirect(`/paste#t=${encodeURIComponent(text)}`, 303)
}
