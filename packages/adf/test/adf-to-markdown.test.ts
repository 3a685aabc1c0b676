import { describe, expect, it } from 'vitest'

import { adfToMarkdown, type AdfNode, isAdfError, type MarkdownMode, markdownToAdf } from '../src/index.ts'
import { comment, doc, li, link, macro, named, node, p, text } from './build.ts'

function write(mode: MarkdownMode, ...content: readonly AdfNode[]): string {
  return adfToMarkdown(doc(...content), { mode }).markdown
}

const ann: AdfNode = { type: 'mention', attrs: { id: '1', text: '@Ann' } }
const cell = (...content: readonly AdfNode[]): AdfNode => node('tableCell', ...content)
const red = { type: 'textColor', attrs: { color: '#ff5630' } }

/** One page with everything in it, as each of the modes writes it. */
const page: readonly AdfNode[] = [
  named('heading', { level: 2, localId: 'h' }, 'Plan'),
  {
    ...p('For ', ann, ': ', text('soon', red), ' and ', text('noted', comment('c'))),
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  },
  p(
    { type: 'status', attrs: { text: 'DONE', color: 'green' } },
    ' ',
    { type: 'date', attrs: { timestamp: '1769817600000' } },
    ' ',
    { type: 'emoji', attrs: { shortName: ':smile:', id: '1f604', text: '😄' } },
  ),
  node('paragraph'),
  named(
    'taskList',
    { localId: 'l' },
    named('taskItem', { localId: 'a', state: 'DONE' }, 'a'),
    named('taskList', { localId: 'm' }, named('taskItem', { localId: 'b', state: 'TODO' }, 'b')),
  ),
  named('panel', { panelType: 'warning', localId: 'p' }, p('Mind')),
  named('expand', { title: 'More' }, p('inside')),
  node(
    'layoutSection',
    named('layoutColumn', { width: 50 }, p('left')),
    named('layoutColumn', { width: 50 }, p('right')),
  ),
  macro('toc'),
  named(
    'mediaSingle',
    { layout: 'wide' },
    { type: 'media', attrs: { type: 'file', id: 'f', collection: 'c', alt: 'chart' } },
  ),
  { type: 'blockCard', attrs: { url: 'https://x.y/z' } },
]

describe('adfToMarkdown', () => {
  it('shows a reader what there is, in the fewest words', () => {
    expect(write('plain', ...page)).toMatchInlineSnapshot(`
      "## Plan

      For @Ann: soon and noted

      DONE 2026-01-31 😄

      - [x] a
        - [ ] b

      > [!WARNING]
      > Mind

      **More**

      inside

      left

      right

      [macro: toc]

      [image: chart]

      <https://x.y/z>"
    `)
  })

  it('gives an editor all that an edit could touch', () => {
    expect(write('edit', ...page)).toMatchInlineSnapshot(`
      "## Plan

      For [@Ann](accountid:1): :color[soon]{#ff5630} and noted

      :status[DONE]{color=green} :date[2026-01-31] :smile:

      - [x] a
        - [ ] b

      :::panel{type=warning}
      Mind
      :::

      :::expand{title=More}
      inside
      :::

      ::::layout
      :::column{width=50}
      left
      :::

      :::column{width=50}
      right
      :::
      ::::

      \`\`\`adf extension
      {"type":"extension","attrs":{"extensionType":"com.atlassian.confluence.macro.core","extensionKey":"toc"}}
      \`\`\`

      ![chart](attachment:f)

      ::card{url=https://x.y/z}"
    `)
  })

  it('leaves nothing out when it is to be lossless', () => {
    const markdown = write('lossless', ...page)
    expect(markdown).toMatchInlineSnapshot(`
      "<!-- adf {"attrs":{"localId":"h"}} -->
      ## Plan

      <!-- adf {"marks":[{"type":"alignment","attrs":{"align":"center"}}]} -->
      For [@Ann](accountid:1): :color[soon]{#ff5630} and :comment[noted]{id=c}

      :status[DONE]{color=green} :date[2026-01-31] :emoji[\\:smile:]{id=1f604 text=😄}

      <!-- adf {"node":{"type":"paragraph","content":[]}} -->

      <!-- adf {"attrs":{"localId":"l"}} -->
      - [x] <!-- adf {"attrs":{"localId":"a"}} -->a
        <!-- adf {"attrs":{"localId":"m"}} -->
        - [ ] <!-- adf {"attrs":{"localId":"b"}} -->b

      <!-- adf {"attrs":{"localId":"p"}} -->
      :::panel{type=warning}
      Mind
      :::

      :::expand{title=More}
      inside
      :::

      ::::layout
      :::column{width=50}
      left
      :::

      :::column{width=50}
      right
      :::
      ::::

      \`\`\`adf extension
      {"type":"extension","attrs":{"extensionType":"com.atlassian.confluence.macro.core","extensionKey":"toc"}}
      \`\`\`

      <!-- adf {"attrs":{"layout":"wide"}} -->
      ![chart](attachment:f){collection=c}

      ::card{url=https://x.y/z}"
    `)
    expect(markdownToAdf(markdown).doc).toEqual(doc(...page))
  })

  it('says once for each kind of thing what a reader does not see', () => {
    const { warnings } = adfToMarkdown(doc(...page, macro('jira'), p(text('a', red))))
    expect(warnings.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'lost textColor',
      'lost annotation',
      'lost extension',
    ])
  })

  it('says which lines each block takes', () => {
    const { blocks } = adfToMarkdown(doc(p('a'), node('paragraph'), named('codeBlock', {}, 'b\nc')))
    expect(blocks).toEqual([
      { type: 'paragraph', from: 1, to: 2 },
      { type: 'paragraph', from: 2, to: 2 },
      { type: 'codeBlock', from: 3, to: 7 },
    ])
  })

  it('writes numbers from where a list starts, and indents by the width of the marker', () => {
    const list = named('orderedList', { order: 9 }, li('a', node('bulletList', li('b'))), li('c', p('d')))
    expect(write('edit', list)).toBe('9. a\n   - b\n10. c\n\n    d')
  })

  it('keeps two lists of one kind apart', () => {
    expect(write('edit', node('bulletList', li('a')), node('bulletList', li('b')))).toBe(
      '- a\n\n<!-- -->\n\n- b',
    )
  })

  it('writes a fence that is longer than any in the code', () => {
    expect(write('edit', named('codeBlock', { language: 'md' }, '```\na\n```'))).toBe(
      '````md\n```\na\n```\n````',
    )
  })

  it('writes a table with bars, and one with more in a cell as containers', () => {
    const bars = node(
      'table',
      node('tableRow', node('tableHeader', p('a'))),
      node('tableRow', cell(p('b|c', { type: 'hardBreak' }, text('d|e', 'code')))),
    )
    expect(write('edit', bars)).toBe('| a |\n| --- |\n| b\\|c<br>`d\\|e` |')
    const list = node('table', node('tableRow', cell(node('bulletList', li('a'))), cell(p('b'))))
    expect(write('edit', list)).toBe(':::::table\n::::tr\n:::td\n- a\n:::\n\n:::td\nb\n:::\n::::\n:::::')
    expect(write('plain', list)).toBe('|  |  |\n| --- | --- |\n| a | b |')
  })

  it.each([
    ['snake_case and 2 * 3', 'snake_case and 2 * 3'],
    ['*not em* _nor this_', '\\*not em\\* \\_nor this\\_'],
    ['[PROJ-1] title (x)', '[PROJ-1] title (x)'],
    ['[a](b)', '[a\\](b)'],
    ['[a](b)]: c', '\\[a\\](b)]: c'],
    ['# no heading', '\\# no heading'],
    ['#1 is an issue', '#1 is an issue'],
    ['- no item', '\\- no item'],
    ['-5 degrees', '-5 degrees'],
    ['1. no item', '1\\. no item'],
    ['1.5 is a number', '1.5 is a number'],
    ['<b> and 1 < 2', '\\<b> and 1 < 2'],
    ['a & b &amp; c', 'a & b \\&amp; c'],
    ['https://x.y', 'https\\://x.y'],
    ['at 10:30:45 :smile:', 'at 10:30:45 \\:smile:'],
    ['~ five ~~ six', '\\~ five \\~\\~ six'],
    [':::panel', '\\:::panel'],
    ['back\\slash \\*', 'back\\slash \\\\\\*'],
    [' edges ', '&#32;edges&#32;'],
    ['two\nlines', 'two&#10;lines'],
  ])('escapes what would be read as more than text, and nothing else: %s', (plain, escaped) => {
    expect(write('edit', p(plain))).toBe(escaped)
    expect(markdownToAdf(escaped).doc).toEqual(doc(p(plain)))
  })

  it.each([
    ['words beside', [text('a', 'strong'), 'b'], '**a**b'],
    ['quotes that would not open', [text('"a"', 'strong'), 'b'], '<strong>"a"</strong>b'],
    ['white space at the edge', [text('Note: ', 'strong'), 'b'], '**Note:** b'],
    ['both marks', [text('a', 'em', 'strong')], '***a***'],
    ['both marks the other way round', [text('a', 'strong', 'em')], '**_a_**'],
    ['one within the other', [text('a ', 'strong'), text('b', 'strong', 'em')], '**a _b_**'],
    ['one beside the other', [text('a', 'em'), text('b', 'strong')], '*a*__b__'],
    [
      'a link around others',
      [text('a ', link('https://x.y')), text('b', link('https://x.y'), 'strong')],
      '[a **b**](https://x.y)',
    ],
    [
      'a quote in an address',
      [text("https://x.y/'z", link('https://x.y'))],
      "[https\\://x.y/'z](https://x.y)",
    ],
  ])('writes emphasis so that it is read as such: %s', (_name, content, markdown) => {
    expect(write('edit', p(...content))).toBe(markdown)
  })

  it('names people and files that the document does not', () => {
    const document = doc(
      p({ type: 'mention', attrs: { id: '1' } }),
      named(
        'mediaSingle',
        { layout: 'center' },
        { type: 'media', attrs: { type: 'file', id: 'f', collection: 'c' } },
      ),
    )
    const options = { resolveUser: () => 'Ann', resolveMedia: () => 'chart.png' }
    expect(adfToMarkdown(document, options).markdown).toBe('@Ann\n\n[image: chart.png]')
  })

  it('takes nothing for an empty document, and any node for one', () => {
    expect(adfToMarkdown(null).markdown).toBe('')
    expect(adfToMarkdown(undefined).markdown).toBe('')
    expect(adfToMarkdown(p('a')).markdown).toBe('a')
    expect(adfToMarkdown(text('a', 'strong')).markdown).toBe('**a**')
  })

  it('keeps nodes that are not known, and shows a reader their text', () => {
    const odd = node('futureBlock', p('a'))
    expect(write('edit', odd)).toBe(
      '```adf futureBlock\n{"type":"futureBlock","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]}\n```',
    )
    expect(write('plain', odd)).toBe('a')
  })

  it('refuses with an error of its own what is no document', () => {
    const cycle: { type: string; content: unknown[] } = { type: 'doc', content: [] }
    cycle.content.push(cycle)
    for (const value of [5, 'a', [], {}, cycle, doc({ type: 'x', attrs: { a: 1n } })]) {
      expect(() => adfToMarkdown(value)).toThrow(expect.toSatisfy((error: unknown) => isAdfError(error)))
    }
  })
})
