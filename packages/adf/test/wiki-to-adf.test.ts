import { describe, expect, it } from 'vitest'

import { type AdfNode, validateAdf, wikiToAdf } from '../src/index.ts'
import { doc, li, link, named, node, p, text } from './build.ts'

type Example = readonly [name: string, markup: string, ...nodes: AdfNode[]]

const examples: readonly Example[] = [
  ['headings', 'h2. Plan', named('heading', { level: 2 }, 'Plan')],
  [
    'marks',
    '*a* _b_ -c- +d+ ^e^ ~f~ {{g}}',
    p(
      text('a', 'strong'),
      ' ',
      text('b', 'em'),
      ' ',
      text('c', 'strike'),
      ' ',
      text('d', 'underline'),
      ' ',
      text('e', { type: 'subsup', attrs: { type: 'sup' } }),
      ' ',
      text('f', { type: 'subsup', attrs: { type: 'sub' } }),
      ' ',
      text('g', 'code'),
    ),
  ],
  ['marks within words', 're{*}mark{*}able', p('re', text('mark', 'strong'), 'able')],
  ['what is no mark', '2 * 3 * 4, a-b-c, snake_case_name', p('2 * 3 * 4, a-b-c, snake_case_name')],
  ['escapes', '\\*a\\* \\{code}', p('*a* {code}')],
  ['lines, which are lines', 'a\nb', p('a', { type: 'hardBreak' }, 'b')],
  [
    'colour',
    '{color:red}a *b*{color}',
    p(
      text('a ', { type: 'textColor', attrs: { color: '#ff0000' } }),
      text('b', { type: 'textColor', attrs: { color: '#ff0000' } }, 'strong'),
    ),
  ],
  [
    'links',
    '[a|https://x.y] [https://x.y] https://x.y/z.',
    p(
      text('a', link('https://x.y')),
      ' ',
      text('https://x.y', link('https://x.y')),
      ' ',
      text('https://x.y/z', link('https://x.y/z')),
      '.',
    ),
  ],
  ['people', '[~ann]', p({ type: 'mention', attrs: { id: 'ann', text: '@ann' } })],
  [
    'lists',
    '* a\n** b\n*# c\n* d',
    node(
      'bulletList',
      li('a', node('bulletList', li('b')), named('orderedList', { order: 1 }, li('c'))),
      li('d'),
    ),
  ],
  ['numbers', '# a\n# b', named('orderedList', { order: 1 }, li('a'), li('b'))],
  [
    'tables',
    '||a||b||\n|c|[d|https://x.y]|',
    node(
      'table',
      node('tableRow', node('tableHeader', p('a')), node('tableHeader', p('b'))),
      node('tableRow', node('tableCell', p('c')), node('tableCell', p(text('d', link('https://x.y'))))),
    ),
  ],
  ['code', '{code:java|title=A.java}\na *b*\n{code}', named('codeBlock', { language: 'java' }, 'a *b*')],
  ['text without a format', '{noformat}a\n b{noformat}', node('codeBlock', 'a\n b')],
  ['quotes', 'bq. a\n{quote}\nb\n{quote}', node('blockquote', p('a')), node('blockquote', p('b'))],
  [
    'panels',
    '{panel:title=T}a{panel}',
    named('panel', { panelType: 'info' }, p(text('T', 'strong')), p('a')),
  ],
  ['rules', '----', { type: 'rule' }],
]

describe('wikiToAdf', () => {
  it.each(examples.map(([name, markup, ...nodes]) => ({ name, markup, nodes })))(
    'reads $name',
    ({ markup, nodes }) => {
      const { doc: read } = wikiToAdf(markup)
      expect(read).toEqual(doc(...nodes))
      expect(validateAdf(read).ok).toBe(true)
    },
  )

  it('asks who and what is meant', () => {
    const options = {
      resolveUser: () => ({ id: '1', name: 'Ann' }),
      resolveMedia: () => ({ id: 'uuid', collection: 'c' }),
    }
    expect(wikiToAdf('[~ann] !a.png|width=5!', options).doc).toEqual(
      doc(
        p({ type: 'mention', attrs: { id: '1', text: '@Ann' } }, ' ', {
          type: 'mediaInline',
          attrs: { type: 'file', id: 'uuid', collection: 'c' },
        }),
      ),
    )
  })

  it('takes macros that are not closed, and those it does not know, for text', () => {
    expect(wikiToAdf('{quote}a\n{chart:x=1}').doc).toEqual(
      doc(p('{quote}a', { type: 'hardBreak' }, '{chart:x=1}')),
    )
  })
})
