import { describe, expect, it } from 'vitest'

import { type AdfNode, normaliseAdf, validateAdf } from '../src/index.ts'
import { doc, li, link, named, node, p, text } from './build.ts'

describe('validateAdf', () => {
  it.each<readonly [string, unknown, readonly [path: string, code: string]]>([
    ['a document of another version', { type: 'doc', version: 2, content: [] }, ['version', 'member']],
    ['something else', 'x', ['', 'node_unknown']],
    ['an unknown node', doc({ type: 'x' }), ['content[0]', 'node_unknown']],
    [
      'a node in the wrong place',
      doc(named('panel', { panelType: 'info' }, node('table'))),
      ['content[0].content[0]', 'node_misplaced'],
    ],
    [
      'a wrong attribute',
      doc(p('a'), named('panel', { panelType: 'x' }, p('a'))),
      ['content[1].attrs.panelType', 'attribute_wrong'],
    ],
    ['a missing attribute', doc(named('heading', {}, 'a')), ['content[0].attrs.level', 'attribute_missing']],
    ['an unknown attribute', doc(named('rule', { x: 1 })), ['content[0].attrs.x', 'attribute_unknown']],
    ['an empty text', doc(p(text(''))), ['content[0].content[0].text', 'text']],
    ['bold code', doc(p(text('a', 'code', 'strong'))), ['content[0].content[0].marks[1]', 'mark']],
    ['a list without items', doc({ type: 'bulletList', content: [] }), ['content[0].content', 'count']],
    [
      'a layout with one column',
      doc(node('layoutSection', named('layoutColumn', { width: 100 }, p('a')))),
      ['content[0].content', 'count'],
    ],
    ['an unknown member', doc({ ...p('a'), x: 1 } as AdfNode), ['content[0].x', 'member']], // eslint-disable-line typescript/no-unsafe-type-assertion -- it is to be wrong
  ])('names the place and the fault of %s, once', (_name, value, fault) => {
    const { ok, errors } = validateAdf(value)
    expect(ok).toBe(false)
    expect(errors.map((error) => [error.path, error.code])).toEqual([fault])
    expect(errors[0]?.hint).not.toBe('')
  })

  it('says what would be right', () => {
    expect(validateAdf(doc(named('panel', { panelType: 'danger' }, p('a')))).errors).toEqual([
      {
        path: 'content[0].attrs.panelType',
        code: 'attribute_wrong',
        message: 'This is no panelType of a panel.',
        hint: 'It must be one of info, note, tip, warning, error, success, custom.',
      },
    ])
  })

  it('reports what a product is known to refuse', () => {
    const layout = doc(
      node(
        'layoutSection',
        named('layoutColumn', { width: 50 }, p('a')),
        named('layoutColumn', { width: 50 }, p('b')),
      ),
    )
    expect(validateAdf(layout).ok).toBe(true)
    expect(validateAdf(layout, { target: 'confluence' }).ok).toBe(true)
    expect(validateAdf(layout, { target: 'jira' }).errors).toMatchObject([
      { path: 'content[0]', code: 'refused' },
    ])
  })

  it('stops at twenty faults, and never throws', () => {
    expect(validateAdf(doc(...Array.from({ length: 50 }, () => ({ type: 'x' })))).errors).toHaveLength(20)
    const cycle: { type: string; content: unknown[] } = { type: 'doc', content: [] }
    cycle.content.push(cycle)
    for (const value of [cycle, null, undefined, 5, doc({ type: 'x', attrs: { a: 1n } })])
      expect(validateAdf(value).ok).toBe(false)
  })
})

describe('normaliseAdf', () => {
  it.each<readonly [string, AdfNode, readonly AdfNode[]]>([
    ['joins texts with the same marks', p('a', 'b', text('c', 'strong')), [p('ab', text('c', 'strong'))]],
    ['leaves empty text out', p('a', text('')), [p('a')]],
    [
      'sorts marks',
      p(text('a', 'strong', link('https://x.y'))),
      [p(text('a', link('https://x.y'), 'strong'))],
    ],
    ['takes other marks off code', p(text('a', 'strong', 'code')), [p(text('a', 'code'))]],
    [
      'fills in ids',
      { type: 'taskList', content: [named('taskItem', { state: 'TODO' }, 'a')] },
      [named('taskList', { localId: 's-2' }, named('taskItem', { localId: 's-1', state: 'TODO' }, 'a'))],
    ],
    [
      'fills in what has a usual value',
      { type: 'panel', content: [p('a')] },
      [named('panel', { panelType: 'info' }, p('a'))],
    ],
    ['leaves unknown attributes out', named('rule', { x: 1 }), [{ type: 'rule' }]],
    ['gives the content of what it does not know', node('x', p('a')), [p('a')]],
    ['makes a paragraph of loose text', text('a'), [p('a')]],
    ['makes a list of loose items', li('a'), [node('bulletList', li('a'))]],
    [
      'makes rows and cells of what is loose in a table',
      node('table', p('a')),
      [node('table', node('tableRow', node('tableCell', p('a'))))],
    ],
    [
      'unfolds a layout of one column',
      node('layoutSection', named('layoutColumn', { width: 100 }, p('a'))),
      [p('a')],
    ],
    [
      'puts a table after the panel it stood in',
      named(
        'panel',
        { panelType: 'info' },
        p('a'),
        node('table', node('tableRow', node('tableCell', p('b')))),
      ),
      [
        named('panel', { panelType: 'info' }, p('a')),
        node('table', node('tableRow', node('tableCell', p('b')))),
      ],
    ],
  ])('%s', (_name, given, expected) => {
    const normal = normaliseAdf({ type: 'doc', version: 1, content: [given] }, { seed: 's' }).doc
    expect(normal).toEqual(doc(...expected))
    expect(validateAdf(normal).ok).toBe(true)
  })

  it('leaves a normal document as it is', () => {
    const document = doc(p('a', text('b', 'strong')), node('bulletList', li('c')))
    expect(normaliseAdf(document)).toEqual({ doc: document, warnings: [] })
  })
})
