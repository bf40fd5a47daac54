/** No word of a screen stands in the code: all of them are in `locales`, where translators find them. */
import { describe, expect, test } from 'vitest'
import { parseSource, type SourceFile, type SyntaxNode, sourceFiles, walk } from '../support/source.ts'

/** Attributes whose value a person reads or hears; `title` is also a component's heading. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'title',
  'placeholder',
  'label',
  'legend',
  'hint',
  'detail',
  'heading',
  'backLabel',
])

const hasLetters = (value: unknown): value is string => typeof value === 'string' && /\p{L}/u.test(value)
const node = (value: unknown): SyntaxNode | undefined =>
  typeof value === 'object' && value !== null ? (value as SyntaxNode) : undefined

/** Literal words of an expression that becomes text: strings, templates, both sides of `? :`, `&&`, `||`, `??`. */
const wordsOf = (expression: SyntaxNode | undefined): string[] => {
  switch (expression?.type) {
    case 'StringLiteral':
      return hasLetters(expression.value) ? [expression.value] : []
    case 'TemplateLiteral':
      return (expression.quasis as SyntaxNode[])
        .map((part) => (part.value as { cooked: string }).cooked)
        .filter(hasLetters)
    case 'ConditionalExpression':
      return [...wordsOf(node(expression.consequent)), ...wordsOf(node(expression.alternate))]
    case 'LogicalExpression':
      return [...wordsOf(node(expression.left)), ...wordsOf(node(expression.right))]
    default:
      return []
  }
}

/** `<p>words</p>`, `<p>{'words'}</p>` and `title="words"`, each with its line. */
const literalWords = (file: SourceFile): string[] => {
  const found: string[] = []
  const note = (at: SyntaxNode, words: string[]) => {
    for (const word of words) found.push(`${file.path}:${at.loc?.start.line}: ${word.trim()}`)
  }
  walk(parseSource(file).tree, (at) => {
    if (at.type === 'JSXText' && hasLetters(at.value)) note(at, [at.value])
    if (at.type === 'JSXElement' || at.type === 'JSXFragment') {
      for (const child of at.children as SyntaxNode[]) {
        if (child.type === 'JSXExpressionContainer') note(child, wordsOf(node(child.expression)))
      }
    }
    if (at.type === 'JSXAttribute' && spoken.has(String(node(at.name)?.name))) {
      const value = node(at.value)
      note(at, wordsOf(value?.type === 'JSXExpressionContainer' ? node(value.expression) : value))
    }
  })
  return found
}

describe('the words of screens and components', () => {
  test('stand in locales and nowhere else', () => {
    const files = sourceFiles(['src/app', 'src/screens', 'src/components'], ['.tsx'])
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap(literalWords)).toEqual([])
  })

  test.each([
    ['text', '<p>Save</p>'],
    ['Arabic text', '<p>حفظ</p>'],
    ['a string in braces', "<p>{'Save'}</p>"],
    ['a choice of strings', "<p>{done ? 'Saved' : t('act.save')}</p>"],
    ['a template', '<p>{`Save`}</p>'],
    ['a label', '<Field label="Name" />'],
    ['a label for those who hear', "<button aria-label={open && 'Close'} />"],
  ])('are found when they stand in the code as %s', (_kind, source) => {
    expect(literalWords({ path: 'screen.tsx', text: source })).not.toEqual([])
  })

  test.each([
    ['a key', "<p>{t('act.save')}</p>"],
    ['marks between facts', "<p>{' · '}</p>"],
    ['a class', '<p class="soft" dir="ltr">{name}</p>'],
  ])('are not confused with %s', (_kind, source) => {
    expect(literalWords({ path: 'screen.tsx', text: source })).toEqual([])
  })
})
