import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { adfToMarkdown, editAdf, markdownToAdf, outline, patchAdf, replaceSection } from '../src/index.ts'

const lines: unknown[] = []
const print = (...values: readonly unknown[]): void => {
  lines.push(...values)
}

test('reading, writing and patching', () => {
  lines.length = 0
  // #region convert
  const { doc } = markdownToAdf(
    '# Plan\n\n- [ ] Ask [@Ann](accountid:1)\n\n:::panel{type=warning}\nMind the gap.\n:::',
  )

  // For reading: the shortest text that keeps the meaning. For editing: all that an edit could touch.
  const { markdown } = adfToMarkdown(doc, { mode: 'edit' })

  // What was not edited keeps its very nodes: local ids, widths, inline comments, macros.
  const { doc: edited, report } = patchAdf(doc, markdown.replace('Plan', 'Plan B'))
  print(edited.content[1] === doc.content[1], report.changed)
  // #endregion
  expect(lines).toEqual([true, 1])
})

test('sections and edits by address', () => {
  lines.length = 0
  // #region edit
  const page = markdownToAdf('# Goal\n\nFaster.\n\n# Risks\n\nNone.').doc

  // Each section has an address and a hash of its content: an edit of a section that has changed since is refused.
  const [, risks] = outline(page)
  if (risks) {
    const { doc } = replaceSection(page, risks.address, { markdown: '# Risks\n\nMany.', ifHash: risks.hash })
    print(adfToMarkdown(doc).markdown)
  }

  // Single nodes are edited by address. A dry run says what would become of them.
  const { changes } = editAdf(page, [{ action: 'replace', at: '1', markdown: 'Faster still.' }], {
    dryRun: true,
  })
  print(changes[0]?.before, changes[0]?.after)
  // #endregion
  expect(lines).toEqual(['# Goal\n\nFaster.\n\n# Risks\n\nMany.', 'Faster.', 'Faster still.'])
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) => body.replaceAll(/^ {2}/gm, ''))
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})
