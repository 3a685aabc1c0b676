import { describe, expect, it } from 'vitest'

import { type AdfNode, isAdfError, markdownToAdf, validateAdf } from '../src/index.ts'
import { doc, li, link, macro, named, node, p, text } from './build.ts'

const ordered = (order: number, ...items: readonly AdfNode[]): AdfNode =>
  named('orderedList', { order }, ...items)
const task = (n: number, state: string, words: string): AdfNode =>
  named('taskItem', { localId: `t-${n}`, state }, words)
const th = (...content: readonly AdfNode[]): AdfNode => node('tableHeader', ...content)
const td = (...content: readonly AdfNode[]): AdfNode => node('tableCell', ...content)

type Example = readonly [name: string, markdown: string, ...nodes: AdfNode[]]

/** What each notation reads as. */
const examples: readonly Example[] = [
  ['a heading', '## Plan', named('heading', { level: 2 }, 'Plan')],
  ['a setext heading', 'Plan\n====', named('heading', { level: 1 }, 'Plan')],
  [
    'marks',
    '**a** *b* ~~c~~ `d`',
    p(text('a', 'strong'), ' ', text('b', 'em'), ' ', text('c', 'strike'), ' ', text('d', 'code')),
  ],
  ['underline', '<u>a</u>', p(text('a', 'underline'))],
  [
    'subscript and superscript',
    'H<sub>2</sub>O m<sup>2</sup>',
    p(
      'H',
      text('2', { type: 'subsup', attrs: { type: 'sub' } }),
      'O m',
      text('2', { type: 'subsup', attrs: { type: 'sup' } }),
    ),
  ],
  [
    'colour',
    ':color[red]{#ff5630} :bg[on]{#fff}',
    p(
      text('red', { type: 'textColor', attrs: { color: '#ff5630' } }),
      ' ',
      text('on', { type: 'backgroundColor', attrs: { color: '#ffffff' } }),
    ),
  ],
  ['bold code, which ADF does not have', '**`a`**', p(text('a', 'code'))],
  ['a link with a title', '[a](https://x.y "T")', p(text('a', link('https://x.y', 'T')))],
  [
    'a bare address',
    'see https://x.y/a_b.',
    p('see ', text('https://x.y/a_b', link('https://x.y/a_b')), '.'),
  ],
  ['a smart link', '<https://x.y>', p({ type: 'inlineCard', attrs: { url: 'https://x.y' } })],
  ['a card', '::card{url="https://x.y"}', { type: 'blockCard', attrs: { url: 'https://x.y' } }],
  [
    'an embed',
    '::embed{url=https://x.y layout=wide}',
    { type: 'embedCard', attrs: { url: 'https://x.y', layout: 'wide' } },
  ],
  [
    'a mention',
    '[@Ann](accountid:712020:1-2)',
    p({ type: 'mention', attrs: { id: '712020:1-2', text: '@Ann' } }),
  ],
  ['a status', ':status[DONE]{color=green}', p({ type: 'status', attrs: { text: 'DONE', color: 'green' } })],
  [
    'a status in a colour there is not',
    ':status[DONE]{color=gray}',
    p({ type: 'status', attrs: { text: 'DONE', color: 'neutral' } }),
  ],
  ['a date', ':date[2026-01-31]', p({ type: 'date', attrs: { timestamp: '1769817600000' } })],
  ['a date that does not exist', ':date[2026-02-31]', p('2026-02-31')],
  ['an emoji', 'a :smile: b', p('a ', { type: 'emoji', attrs: { shortName: ':smile:' } }, ' b')],
  ['a time, which is no emoji', 'at 10:30:45', p('at 10:30:45')],
  [
    'a hard break',
    'a\\\nb<br>c  \nd',
    p('a', { type: 'hardBreak' }, 'b', { type: 'hardBreak' }, 'c', { type: 'hardBreak' }, 'd'),
  ],
  ['lines of one paragraph', 'a\nb', p('a b')],
  ['a bullet list with a nested one', '- a\n  - b', node('bulletList', li('a', node('bulletList', li('b'))))],
  ['an ordered list that starts at three', '3. a\n4. b', ordered(3, li('a'), li('b'))],
  [
    'code in an item',
    '- a\n  ```js\n  x\n  ```',
    node('bulletList', li('a', named('codeBlock', { language: 'js' }, 'x'))),
  ],
  ['an empty item', '-', node('bulletList', li(node('paragraph')))],
  [
    'nested tasks',
    '- [ ] a\n  - [x] b\n- [X] c',
    named(
      'taskList',
      { localId: 't-5' },
      task(3, 'TODO', 'a'),
      named('taskList', { localId: 't-2' }, task(1, 'DONE', 'b')),
      task(4, 'DONE', 'c'),
    ),
  ],
  [
    'tasks and items in one list',
    '- [ ] a\n- b',
    named('taskList', { localId: 't-2' }, task(1, 'TODO', 'a')),
    node('bulletList', li('b')),
  ],
  [
    'a bullet under a task',
    '- [ ] a\n  - b',
    named('taskList', { localId: 't-2' }, task(1, 'TODO', 'a')),
    node('bulletList', li('b')),
  ],
  [
    'a decision',
    '- <!> a',
    named(
      'decisionList',
      { localId: 't-2' },
      named('decisionItem', { localId: 't-1', state: 'DECIDED' }, 'a'),
    ),
  ],
  ['a quote', '> a\n>\n> b', node('blockquote', p('a'), p('b'))],
  ['a callout', '> [!WARNING]\n> a', named('panel', { panelType: 'warning' }, p('a'))],
  ['a panel', ':::panel{type=success}\na\n:::', named('panel', { panelType: 'success' }, p('a'))],
  [
    'a panel by its kind, with a title',
    ':::note Mind\na\n:::',
    named('panel', { panelType: 'note' }, p(text('Mind', 'strong')), p('a')),
  ],
  ['an expand', ':::expand{title="A \\"b\\""}\na\n:::', named('expand', { title: 'A "b"' }, p('a'))],
  ['details', '<details><summary>T</summary>\n\na\n\n</details>', named('expand', { title: 'T' }, p('a'))],
  [
    'details in one line',
    '<details><summary>T</summary>a</details>',
    named('expand', { title: 'T' }, p('a')),
  ],
  [
    'a layout',
    '::::layout\n:::column\na\n:::\n:::column\nb\n:::\n::::',
    node(
      'layoutSection',
      named('layoutColumn', { width: 50 }, p('a')),
      named('layoutColumn', { width: 50 }, p('b')),
    ),
  ],
  [
    'a table',
    '| a | b |\n|---|:-:|\n| `x\\|y`<br>z | |',
    node(
      'table',
      node(
        'tableRow',
        th(p('a')),
        th({ ...p('b'), marks: [{ type: 'alignment', attrs: { align: 'center' } }] }),
      ),
      node(
        'tableRow',
        td(p(text('x|y', 'code'), { type: 'hardBreak' }, 'z')),
        td({ ...node('paragraph'), marks: [{ type: 'alignment', attrs: { align: 'center' } }] }),
      ),
    ),
  ],
  [
    'a table without headers',
    '| | |\n|---|---|\n| a | b |',
    node('table', node('tableRow', td(p('a')), td(p('b')))),
  ],
  [
    'a block of code',
    '```python title="x.py"\na\n\nb\n```',
    named('codeBlock', { language: 'python' }, 'a\n\nb'),
  ],
  ['a rule', '---', { type: 'rule' }],
  [
    'a picture of another site',
    '![alt](https://x.y/z.png "Cap")',
    named(
      'mediaSingle',
      { layout: 'center' },
      { type: 'media', attrs: { type: 'external', url: 'https://x.y/z.png', alt: 'alt' } },
      node('caption', 'Cap'),
    ),
  ],
  [
    'a file whose collection is said',
    '![alt](attachment:1){collection=c width=5}',
    named(
      'mediaSingle',
      { layout: 'center' },
      { type: 'media', attrs: { type: 'file', id: '1', alt: 'alt', collection: 'c', width: 5 } },
    ),
  ],
  [
    'an escape',
    '```adf extension\n{"type":"extension","attrs":{"extensionType":"com.atlassian.confluence.macro.core","extensionKey":"toc"}}\n```',
    macro('toc'),
  ],
  [
    'an escape in a line',
    'a :adf`{"type":"placeholder","attrs":{"text":"b"}}`',
    p('a ', { type: 'placeholder', attrs: { text: 'b' } }),
  ],
  ['other tags, which stay text', '<kbd>a</kbd> <div>', p('<kbd>a</kbd> <div>')],
  ['entities', '&copy; &amp;amp; &#65;', p('© &amp; A')],
  ['a definition of a link', '[a]\n\n[a]: https://x.y', p(text('a', link('https://x.y')))],
]

const resolveMention = (id: string): { id: string; text: string } | undefined =>
  id === '1' ? { id: 'one', text: '@Ann' } : undefined

const resolveMedia = (id: string): { id: string; collection: string } | undefined =>
  id === 'a.png' ? { id: 'uuid', collection: 'c' } : undefined

const refusal = (step: () => unknown): string => {
  try {
    step()
    return 'none'
  } catch (error) {
    return isAdfError(error) ? error.code : 'another'
  }
}

describe('markdownToAdf', () => {
  it.each(examples.map(([name, markdown, ...nodes]) => ({ name, markdown, nodes })))(
    'reads $name',
    ({ markdown, nodes }) => {
      const { doc: read } = markdownToAdf(markdown, { seed: 't' })
      expect(read).toEqual(doc(...nodes))
      expect(validateAdf(read)).toEqual({ ok: true, errors: [] })
    },
  )

  it('puts what a place cannot hold beside it, and says so', () => {
    const { doc: read, warnings } = markdownToAdf('- a\n\n  | t |\n  |---|\n\n- b')
    expect(read.content.map(({ type }) => type)).toEqual(['bulletList', 'table', 'bulletList'])
    expect(warnings).toEqual([
      {
        code: 'repaired',
        subject: 'table',
        line: 3,
        message: 'There can be no table in a listItem: it was put between its parts.',
      },
    ])
  })

  it('goes on counting after what stood in an ordered list', () => {
    const { doc: read } = markdownToAdf('1. a\n\n   ---\n\n2. b')
    expect(read).toEqual(doc(ordered(1, li('a')), { type: 'rule' }, ordered(2, li('b'))))
  })

  it('makes a paragraph in bold of a heading in a quote', () => {
    expect(markdownToAdf('> # a').doc).toEqual(doc(node('blockquote', p(text('a', 'strong')))))
  })

  it('nests an expand within an expand or a cell', () => {
    const { doc: read, warnings } = markdownToAdf('::::expand{title=A}\n:::expand{title=B}\nx\n:::\n::::')
    expect(read).toEqual(doc(named('expand', { title: 'A' }, named('nestedExpand', { title: 'B' }, p('x')))))
    expect(warnings).toEqual([])
  })

  it('gives Jira the columns of a layout one after the other', () => {
    const { doc: read, warnings } = markdownToAdf('::::layout\n:::column\na\n:::\n:::column\nb\n:::\n::::', {
      target: 'jira',
    })
    expect(read).toEqual(doc(p('a'), p('b')))
    expect(warnings).toHaveLength(1)
  })

  it('keeps an address that could run something as text', () => {
    const { doc: read, warnings } = markdownToAdf('[a](javascript:alert(1)) ![b](data:x)')
    expect(JSON.stringify(read)).not.toContain('"link"')
    expect(warnings.map(({ code }) => code)).toEqual(['refused', 'refused'])
  })

  it('asks who is mentioned, and keeps the text of nobody', () => {
    expect(markdownToAdf('[@A](accountid:1) [@B](accountid:2)', { resolveMention }).doc).toEqual(
      doc(p({ type: 'mention', attrs: { id: 'one', text: '@Ann' } }, ' @B')),
    )
  })

  it('asks for the collection of a file, and links to one that is not known', () => {
    expect(markdownToAdf('![](attachment:a.png)', { resolveMedia }).doc.content[0]?.content).toEqual([
      { type: 'media', attrs: { type: 'file', id: 'uuid', collection: 'c' } },
    ])
    expect(markdownToAdf('![x](attachment:b.png)', { resolveMedia }).doc).toEqual(
      doc(p(text('x', link('attachment:b.png')))),
    )
  })

  it('lets macros through only as its policy says', () => {
    const markdown = `\`\`\`adf extension\n${JSON.stringify(macro('toc'))}\n\`\`\``
    const read = (
      escapes: 'known' | 'refuse' | 'validated',
      ...known: readonly AdfNode[]
    ): string | undefined =>
      markdownToAdf(markdown, { escapes, original: doc(...known) }).doc.content[0]?.type
    expect(read('validated')).toBe('extension')
    expect(read('refuse', macro('toc'))).toBe('codeBlock')
    expect(read('known', macro('jira'))).toBe('codeBlock')
    expect(read('known', macro('toc'))).toBe('extension')
  })

  it('never takes an invalid escape, but for one that the original holds', () => {
    const odd = { type: 'futureNode', attrs: { a: 1 } }
    const markdown = `\`\`\`adf futureNode\n${JSON.stringify(odd)}\n\`\`\``
    const { doc: read, warnings } = markdownToAdf(markdown)
    expect(read.content[0]?.type).toBe('codeBlock')
    expect(warnings).toMatchObject([{ code: 'refused', subject: 'adf', line: 1 }])
    expect(markdownToAdf(markdown, { original: doc(odd) }).doc).toEqual(doc(odd))
  })

  it('makes the same document of the same text', () => {
    expect(markdownToAdf('- [ ] a\n- <!> b')).toEqual(markdownToAdf('- [ ] a\n- <!> b'))
  })

  it('refuses what is too large or nested too deeply with an error of its own', () => {
    expect(refusal(() => markdownToAdf('a'.repeat(11), { limit: 10 }))).toBe('too_large')
    expect(refusal(() => markdownToAdf('> '.repeat(5000)))).toBe('too_deep')
    expect(refusal(() => markdownToAdf(':::expand\n'.repeat(5000)))).toBe('too_deep')
  })
})
