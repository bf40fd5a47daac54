/** Adds the drawings of later screens to the sprite in index.html; fetched with the first of those screens. */

import laterIcons from 'virtual:later-icons'

const svgElement = (tag: string, attributes: Readonly<Record<string, string>>): Element => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

for (const [name, shapes] of Object.entries(laterIcons)) {
  // what was last seen has brought its own
  if (document.getElementById(`icon-${name}`)) continue
  const symbol = svgElement('symbol', { id: `icon-${name}`, viewBox: '0 0 24 24' })
  symbol.append(...shapes.map(([tag, attributes]) => svgElement(tag, attributes)))
  document.querySelector('svg.sprite')?.append(symbol)
}
