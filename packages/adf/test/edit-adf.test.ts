import { describe, expect, it } from 'vitest'

import {
  type AdfDocument,
  type AdfNode,
  contentHash,
  editAdf,
  isAdfError,
  nodeAt,
  outline,
  replaceSection,
  section,
} from '../src/index.ts'
import { doc, li, macro, named, node, p } from './build.ts'

const h = (level: number, words: string): AdfNode => named('heading', { level }, words)

const document: AdfDocument = doc(
  h(1, 'Plan'),
  p('intro'),
  h(2, 'Goals'),
  named('paragraph', { localId: 'g' }, 'grow'),
  node('bulletList', named('listItem', { localId: 'i' }, p('one')), li('two')),
  h(2, 'Risks'),
  macro('toc'),
  node(
    'layoutSection',
    named('layoutColumn', { width: 50 }, h(3, 'Left'), p('l')),
    named('layoutColumn', { width: 50 }, p('r')),
  ),
)

function code(step: () => unknown): string {
  try {
    step()
    return 'none'
  } catch (error) {
    return isAdfError(error) ? error.code : 'another'
  }
}

describe('outline', () => {
  it('lists the headings with what stands under them, also those in columns', () => {
    expect(
      outline(document).map(({ address, level, text, blocks }) => [address, level, text, blocks]),
    ).toEqual([
      ['0', 1, 'Plan', 8],
      ['2', 2, 'Goals', 3],
      ['5', 2, 'Risks', 3],
      ['7.0.0', 3, 'Left', 2],
    ])
  })

  it('gives each section a hash that changes with it alone', () => {
    const changed = editAdf(document, [{ action: 'replace', at: '3', markdown: 'shrink' }]).doc
    const [before, after] = [outline(document), outline(changed)]
    expect(before.map(({ hash }, index) => hash === after[index]?.hash)).toEqual([false, false, true, true])
  })
})

describe('section', () => {
  it('is found by its text or by its address', () => {
    expect(section(document, ' goals ').doc.content).toEqual(document.content.slice(2, 5))
    expect(section(document, '7.0.0').doc.content).toEqual([h(3, 'Left'), p('l')])
  })

  it('is refused when there is none, or when there are several', () => {
    expect(code(() => section(document, 'Costs'))).toBe('not_found')
    expect(code(() => section(document, '3'))).toBe('not_found')
    expect(code(() => section(document, '99.1'))).toBe('not_found')
    expect(code(() => section(doc(h(1, 'a'), h(1, 'A')), 'a'))).toBe('conflict')
  })
})

describe('replaceSection', () => {
  it('changes one section and leaves the nodes of all others', () => {
    const { doc: edited } = replaceSection(document, 'Goals', { markdown: 'grow faster\n\n- one\n- two' })
    expect(edited.content[2]).toBe(document.content[2])
    expect(edited.content[3]).toEqual(named('paragraph', { localId: 'g' }, 'grow faster'))
    for (const index of [0, 1, 4, 5, 6, 7]) expect(edited.content[index]).toBe(document.content[index])
  })

  it('takes a text with a heading of its own', () => {
    const { doc: edited } = replaceSection(document, '7.0.0', { markdown: '### Leftmost\n\nl' })
    expect(nodeAt(edited, '7.0')).toEqual(named('layoutColumn', { width: 50 }, h(3, 'Leftmost'), p('l')))
  })

  it('is refused when the section has moved on, or what holds it cannot hold the text', () => {
    expect(code(() => replaceSection(document, 'Goals', { markdown: 'x', ifHash: 'old' }))).toBe('conflict')
    const columns = '::::layout\n:::column\na\n:::\n:::column\nb\n:::\n::::'
    expect(replaceSection(document, '7.0.0', { markdown: columns }).doc).not.toBe(document)
  })
})

describe('editAdf', () => {
  it('applies several edits at once, by the addresses of the document before', () => {
    const { doc: edited, changes } = editAdf(document, [
      { action: 'remove', at: '1' },
      { action: 'replace', at: '4.0', markdown: 'uno' },
      { action: 'insertAfter', at: '4.1', markdown: '- three\n- four' },
      { action: 'insertBefore', at: '5', markdown: 'before' },
      { action: 'append', at: '', markdown: 'end' },
      { action: 'append', at: '7.1', markdown: 'more' },
    ])
    expect(edited.content.map(({ type }) => type)).toEqual([
      'heading',
      'heading',
      'paragraph',
      'bulletList',
      'paragraph',
      'heading',
      'extension',
      'layoutSection',
      'paragraph',
    ])
    expect(nodeAt(edited, '3')).toEqual(
      node('bulletList', named('listItem', { localId: 'i' }, p('uno')), li('two'), li('three'), li('four')),
    )
    expect(nodeAt(edited, '7.1')).toEqual(named('layoutColumn', { width: 50 }, p('r'), p('more')))
    expect(edited.content[0]).toBe(document.content[0])
    expect(changes[1]).toEqual({ action: 'replace', at: '4.0', before: '- one', after: '- uno' })
  })

  it('changes nothing when it is only tried, and says what would come of it', () => {
    const tried = editAdf(document, [{ action: 'remove', at: '1' }], { dryRun: true })
    expect(tried.doc).toBe(document)
    expect(tried.hash).toBe(contentHash(editAdf(document, [{ action: 'remove', at: '1' }]).doc))
    expect(tried.changes).toEqual([{ action: 'remove', at: '1', before: 'intro', after: '' }])
  })

  it('is refused when what it is about has moved on', () => {
    const hash = contentHash(nodeAt(document, '3'))
    expect(
      code(() =>
        editAdf(document, [{ action: 'remove', at: '3', ifHash: hash }], { ifHash: contentHash(document) }),
      ),
    ).toBe('none')
    expect(code(() => editAdf(document, [{ action: 'remove', at: '3', ifHash: 'old' }]))).toBe('conflict')
    expect(code(() => editAdf(document, [], { ifHash: 'old' }))).toBe('conflict')
  })

  it('is refused when edits are in each other’s way', () => {
    expect(
      code(() =>
        editAdf(document, [
          { action: 'remove', at: '4' },
          { action: 'replace', at: '4', markdown: 'x' },
        ]),
      ),
    ).toBe('conflict')
    expect(
      code(() =>
        editAdf(document, [
          { action: 'remove', at: '4' },
          { action: 'replace', at: '4.0', markdown: 'x' },
        ]),
      ),
    ).toBe('conflict')
  })

  it('is refused when there is nothing at the address, or only a piece of a line', () => {
    expect(code(() => editAdf(document, [{ action: 'remove', at: '99' }]))).toBe('not_found')
    expect(code(() => editAdf(document, [{ action: 'remove', at: 'x' }]))).toBe('not_found')
    expect(code(() => editAdf(document, [{ action: 'remove', at: '1.0' }]))).toBe('invalid')
  })

  it('does not let an edit bring in a macro', () => {
    const markdown = `\`\`\`adf extension\n${JSON.stringify(macro('html'))}\n\`\`\``
    const { doc: edited, warnings } = editAdf(document, [{ action: 'replace', at: '1', markdown }])
    expect(nodeAt(edited, '1').type).toBe('codeBlock')
    expect(warnings).toMatchObject([{ code: 'refused' }])
  })
})
