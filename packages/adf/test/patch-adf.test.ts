import { describe, expect, it } from 'vitest'

import {
  type AdfDocument,
  adfToMarkdown,
  type AdfNode,
  isAdfError,
  patchAdf,
  type PatchResult,
} from '../src/index.ts'
import { comment, doc, li, macro, named, node, p, text } from './build.ts'

/** Edits a document as a person would: its Markdown, with one text in the place of another. */
function edit(document: AdfDocument, from: string, to: string): PatchResult {
  const { markdown } = adfToMarkdown(document, { mode: 'edit' })
  expect(markdown).toContain(from)
  return patchAdf(document, markdown.replace(from, to))
}

const ann: AdfNode = { type: 'mention', attrs: { id: '1', text: '@Ann', localId: 'm' } }
const table: AdfNode = named(
  'table',
  { layout: 'wide', localId: 't' },
  node(
    'tableRow',
    named('tableHeader', { colwidth: [90] }, p('Who')),
    named('tableHeader', { colwidth: [200] }, p('What')),
  ),
  node('tableRow', named('tableCell', { background: '#ffffff' }, p(ann)), node('tableCell', p('plans'))),
)
const tasks: AdfNode = named(
  'taskList',
  { localId: 'l' },
  named('taskItem', { localId: 'a', state: 'TODO' }, 'one'),
  named('taskItem', { localId: 'b', state: 'TODO' }, 'two'),
)

const original: AdfDocument = doc(
  named('heading', { level: 1, localId: 'h' }, 'Plan'),
  {
    ...named('paragraph', { localId: 'p' }, 'Ask ', ann, ' about ', text('the budget', comment('c')), '.'),
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  },
  node('paragraph'),
  table,
  tasks,
  macro('toc'),
  node(
    'layoutSection',
    named('layoutColumn', { width: 30, localId: 'x' }, p('left')),
    named('layoutColumn', { width: 70 }, p('right')),
  ),
)

describe('patchAdf', () => {
  it('changes one block, and leaves every other the very same', () => {
    const { doc: patched, report } = edit(original, 'Plan', 'Plan B')
    expect(patched.content[0]).toEqual(named('heading', { level: 1, localId: 'h' }, 'Plan B'))
    for (const index of [1, 2, 3, 4, 5, 6]) expect(patched.content[index]).toBe(original.content[index])
    expect(report).toMatchObject({
      kept: 5,
      changed: 1,
      added: 0,
      removed: 0,
      moved: 0,
      view: 'edit',
      warnings: [],
    })
  })

  it('keeps ids, alignment, people and comments of a paragraph whose words changed', () => {
    const { doc: patched } = edit(original, 'Ask', 'Please ask')
    expect(patched.content[1]).toEqual({
      ...original.content[1],
      content: [text('Please ask '), ann, text(' about '), text('the budget', comment('c')), text('.')],
    })
  })

  it('says which comments lost their place', () => {
    const { report } = edit(original, 'the budget', 'money')
    expect(report.annotationsLost).toEqual([{ id: 'c', text: 'the budget' }])
    expect(report.warnings).toMatchObject([{ code: 'lost', subject: 'annotation' }])
  })

  it('keeps widths and colours of a table in which a cell changed and a row came', () => {
    const { doc: patched } = edit(
      original,
      '| plans |',
      '| plans the trip |\n| [@Bob](accountid:2) | helps |',
    )
    const rows = patched.content[3]?.content
    expect(patched.content[3]?.attrs).toEqual({ layout: 'wide', localId: 't' })
    expect(rows?.[0]).toBe(table.content?.[0])
    expect(rows?.[1]?.content?.[0]).toBe(table.content?.[1]?.content?.[0])
    expect(rows?.[1]?.content?.[1]).toEqual(node('tableCell', p('plans the trip')))
    expect(rows).toHaveLength(3)
  })

  it('keeps the ids of tasks that are still there, and makes new ones', () => {
    const items = edit(original, '- [ ] one', '- [ ] zero\n- [x] one').doc.content[4]?.content ?? []
    expect(items.map(({ attrs }) => attrs?.['state'])).toEqual(['TODO', 'DONE', 'TODO'])
    expect(items.slice(1).map(({ attrs }) => attrs?.['localId'])).toEqual(['a', 'b'])
    expect(['a', 'b']).not.toContain(items[0]?.attrs?.['localId'])
  })

  it('edits a column without touching the other', () => {
    const section = edit(original, 'left', 'leftmost').doc.content[6]
    expect(section?.content?.[0]).toEqual(named('layoutColumn', { width: 30, localId: 'x' }, p('leftmost')))
    expect(section?.content?.[1]).toBe(original.content[6]?.content?.[1])
  })

  it('takes a block that moved for the same one', () => {
    const blocks = adfToMarkdown(original, { mode: 'edit' }).markdown.split('\n\n')
    const moved = [...blocks.slice(1), blocks[0]].join('\n\n')
    const { doc: patched, report } = patchAdf(original, moved)
    expect(patched.content.at(-1)).toBe(original.content[0])
    expect(report).toMatchObject({ moved: 1, added: 0, removed: 0, changed: 0 })
  })

  it('removes what was taken out, and the empty paragraph after it', () => {
    const { doc: patched, report } = edit(original, '# Plan\n\n', '')
    expect(patched.content).toHaveLength(6)
    expect(report).toMatchObject({ removed: 1, kept: 5 })
  })

  it('takes an edit of the lossless view just as well', () => {
    const { markdown } = adfToMarkdown(original, { mode: 'lossless' })
    const { doc: patched } = patchAdf(original, markdown.replace('Plan', 'Plan B'))
    expect(patched).toEqual(edit(original, 'Plan', 'Plan B').doc)
  })

  it('loses nothing of the blocks that an edit of the plain view left alone', () => {
    const { markdown } = adfToMarkdown(original)
    expect(markdown).toContain('[macro: toc]')
    const { doc: patched, report } = patchAdf(original, markdown.replace('# Plan', '# Plan B'))
    expect(patched.content[0]).toEqual(named('heading', { level: 1, localId: 'h' }, 'Plan B'))
    for (const index of [1, 2, 3, 4, 5, 6]) expect(patched.content[index]).toBe(original.content[index])
    expect(report.view).toBe('plain')
  })

  it('refuses an edit of the plain view that would delete a macro unseen', () => {
    const document = doc(named('expand', { title: 'More' }, macro('jira'), p('inside')), p(ann))
    const { markdown } = adfToMarkdown(document)
    const refused = (): PatchResult => patchAdf(document, markdown.replace('inside', 'outside'))
    expect(refused).toThrow(expect.toSatisfy((error: unknown) => isAdfError(error, 'invalid')))
  })

  it('does not let an edit bring in a macro', () => {
    const { doc: patched, report } = edit(
      original,
      '# Plan',
      `\`\`\`adf extension\n${JSON.stringify(macro('html'))}\n\`\`\``,
    )
    expect(JSON.stringify(patched)).not.toContain('"extensionKey":"html"')
    expect(report.warnings).toMatchObject([{ code: 'refused' }])
  })

  it('keeps nodes that are not known', () => {
    const odd = doc(p('a'), { type: 'futureBlock', attrs: { x: 1 } }, p('b', { type: 'futureInline' }))
    const { doc: patched } = edit(odd, 'a', 'c')
    expect(patched).toEqual(doc(p('c'), ...odd.content.slice(1)))
  })

  it('starts a new list beside what it put in', () => {
    const document = doc(node('bulletList', named('listItem', { localId: 'i' }, p('a')), li('b')))
    const { doc: patched } = edit(document, '- b', '- a2\n- b')
    expect(patched.content[0]?.content).toHaveLength(3)
    expect(patched.content[0]?.content?.[0]).toBe(document.content[0]?.content?.[0])
  })
})

describe('a title that Markdown cannot say', () => {
  const title = '\u0000*'
  const titled: AdfDocument = {
    type: 'doc',
    version: 1,
    content: [
      {
        type: 'expand',
        attrs: { title },
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Old' }] }],
      },
    ],
  }
  const { markdown } = adfToMarkdown(titled, { mode: 'edit' })

  it('stays when nothing was edited', () => {
    expect(patchAdf(titled, markdown).doc).toEqual(titled)
  })

  it('stays when the text inside was', () => {
    const edited = patchAdf(titled, markdown.replace('Old', 'New'))
    expect(edited.doc.content[0]?.attrs).toEqual({ title })
    expect(JSON.stringify(edited.doc)).toContain('New')
  })
})
