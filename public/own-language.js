/*
 * index.html asks for the Arabic words together with the first script. Where another language will be shown, this asks for its
 * words as early: tools/language-preload.ts says here where they are, src/i18n/languages.ts chooses in the same way.
 */
;(() => {
  const addresses = document.currentScript.dataset
  let tags = navigator.languages
  try {
    const kept = JSON.parse(localStorage.getItem('settings') || '{}')
    if (kept.language) tags = [kept.language]
  } catch (reason) {
    // nothing is kept where storage is forbidden: the browser's languages say it
    console.info(reason)
  }
  for (const tag of tags) {
    const language = /^ku-(?:arab|iq)\b/i.test(tag) ? 'ckb' : tag.toLowerCase().split('-')[0]
    if (language === 'ar') return
    if (!addresses[language]) continue
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.href = addresses[language]
    document.head.appendChild(link)
    return
  }
})()
