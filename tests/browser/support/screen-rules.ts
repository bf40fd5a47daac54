/** What holds on every screen, read off the page itself: one heading, its language, its width, words of one language, what a finger meets. */

import type { Page } from 'playwright-core'
import type { Language } from './words.ts'

/** Runs in the page, so it takes everything with it. Gives one sentence for each fault. */
const findFaults = (language: Language): string[] => {
  const faults: string[] = []
  /** `--tap` in tokens.css, less what a browser rounds */
  const smallestPx = 47.5
  const { documentElement: html } = document
  const isRtl = language === 'ar' || language === 'ckb'
  const direction = isRtl ? 'rtl' : 'ltr'
  if (html.lang !== language || html.dir !== direction) faults.push(`<html> says ${html.lang} ${html.dir}`)

  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  const headings = [...document.querySelectorAll('h1')].filter(isSeen)
  if (headings.length !== 1) faults.push(`${headings.length} first headings`)
  if (!document.title) faults.push('no title of the window')

  // typed by a person, or said to be of another language or direction
  const isForeign = (element: Element): boolean =>
    element.closest(`bdi, svg, script, style, datalist, [translate=no], [lang]:not([lang=${language}])`) !==
      null || element.closest('[dir]') !== html
  const other = isRtl ? /[A-Za-z]{2,}/ : /[\u0621-\u064A\u0671-\u06D3]/
  const key = /\{\{|\}\}|(?:^|\s)(?:[a-z]+\.)+[a-z]+[A-Za-z]*(?:\s|$)|undefined|NaN|\[object/
  const say = (what: string, text: string) => {
    if (key.test(text)) faults.push(`${what} is no word: ${text}`)
    else if (other.test(text)) faults.push(`${what} is not ${language}: ${text}`)
  }
  // names within a sentence stand between isolate characters
  const withoutTyped = (text: string): string => text.replaceAll(/\u2068[^\u2069]*\u2069/g, '…').trim()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    const text = withoutTyped(node.textContent ?? '')
    if (text && parent && !isForeign(parent) && isSeen(parent)) say('text', text)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (isForeign(element) || !isSeen(element)) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      say(name, withoutTyped(element.getAttribute(name) ?? ''))
  }

  const holders = 'button, a, label, legend, h1, h2, p, li, .chip, .choice-cell'
  for (const element of document.querySelectorAll(holders)) {
    const { overflowX, clipPath } = getComputedStyle(element)
    if (overflowX !== 'visible' || clipPath !== 'none' || element.clientWidth === 0 || !isSeen(element))
      continue
    if (element.scrollWidth > element.clientWidth + 1)
      faults.push(
        `wider than what holds it, ${element.scrollWidth} in ${element.clientWidth} px: ${element.textContent}`,
      )
  }

  const { scrollWidth, clientWidth } = html
  if (scrollWidth > clientWidth) faults.push(`scrolls sideways: ${scrollWidth} in ${clientWidth} px`)
  const scrolls = (element: Element): boolean =>
    getComputedStyle(element).overflowX !== 'visible' ||
    (element.parentElement !== null && scrolls(element.parentElement))
  for (const element of document.querySelectorAll('body *')) {
    const { left, right, width } = element.getBoundingClientRect()
    if (width < 2 || !isSeen(element) || element.closest('svg')) continue
    if ((left < -1 || right > clientWidth + 1) && !(element.parentElement && scrolls(element.parentElement)))
      faults.push(
        `out of the page: ${element.tagName} ${element.className} ${Math.round(left)}–${Math.round(right)}`,
      )
  }

  // a word that is a link within a sentence is as high as the sentence
  const touched = 'button, summary, select, textarea, input, label.choice-cell, a[href]'
  for (const element of document.querySelectorAll(touched)) {
    const { opacity, display } = getComputedStyle(element)
    if (!isSeen(element) || opacity === '0' || display === 'inline' || element.closest('.only-heard'))
      continue
    const { width, height } = (element.closest('label:has(input)') ?? element).getBoundingClientRect()
    if (Math.min(width, height) < smallestPx)
      faults.push(
        `too small to touch: ${element.outerHTML.slice(0, 120)} ${Math.round(width)}×${Math.round(height)}`,
      )
  }
  return faults
}

export const screenFaults = (page: Page, language: Language): Promise<string[]> =>
  page.evaluate(findFaults, language)
