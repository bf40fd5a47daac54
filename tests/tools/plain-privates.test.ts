/** Private fields in the built app. */
import { expect, test } from 'vitest'
import { withPlainPrivates } from '../../tools/plain-privates.ts'

const built = (text: string): string => withPlainPrivates('src/engine/some.ts', text)

test('a private field, method and getter become properties, the same name the same one', () => {
  const text = 'class A { #a = 1; get #b() { return this.#a }; c(other: A) { other.#a++; return this.#b } }'
  expect(built(text)).toBe(
    'class A { $0 = 1; get $1() { return this.$0 }; c(other: A) { other.$0++; return this.$1 } }',
  )
})

test('what only looks like a private field stays', () => {
  const text = "// of #app\nconst a = '#app', b = /#j=/, c = `#app`\n"
  expect(built(text)).toBe(text)
})
