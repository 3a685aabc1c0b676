import { describe, expect, it } from 'vitest'

import { adfToStorage, type AdfNode, isAdfError, storageToAdf } from '../src/index.ts'
import { comment, doc, li, link, named, node, p, text } from './build.ts'

const macro = (name: string, parameters = '', body = ''): string =>
  `<ac:structured-macro ac:name="${name}">${parameters}${body}</ac:structured-macro>`
const parameter = (name: string, value: string): string =>
  `<ac:parameter ac:name="${name}">${value}</ac:parameter>`
const rich = (xml: string): string => `<ac:rich-text-body>${xml}</ac:rich-text-body>`
const extension = (key: string, macroParams: object, more: object = {}): Record<string, unknown> => ({
  extensionType: 'com.atlassian.confluence.macro.core',
  extensionKey: key,
  parameters: { macroParams, macroMetadata: {}, ...more },
})

type Example = readonly [name: string, xml: string, ...nodes: AdfNode[]]

/** What both sides can say, and how. */
const both: readonly Example[] = [
  [
    'paragraphs and marks',
    '<p>a <strong>b</strong> <em>c</em> <u>d</u> <del>e</del> <sub>f</sub> <sup>g</sup> <code>h</code></p>',
    p(
      'a ',
      text('b', 'strong'),
      ' ',
      text('c', 'em'),
      ' ',
      text('d', 'underline'),
      ' ',
      text('e', 'strike'),
      ' ',
      text('f', { type: 'subsup', attrs: { type: 'sub' } }),
      ' ',
      text('g', { type: 'subsup', attrs: { type: 'sup' } }),
      ' ',
      text('h', 'code'),
    ),
  ],
  ['an empty paragraph', '<p />', node('paragraph')],
  [
    'colours',
    '<p><span style="color: rgb(255,86,48);">a</span><span style="background-color: rgb(1,2,3);">b</span></p>',
    p(
      text('a', { type: 'textColor', attrs: { color: '#ff5630' } }),
      text('b', { type: 'backgroundColor', attrs: { color: '#010203' } }),
    ),
  ],
  [
    'alignment',
    '<h2 style="text-align: center;">a</h2>',
    { ...named('heading', { level: 2 }, 'a'), marks: [{ type: 'alignment', attrs: { align: 'center' } }] },
  ],
  [
    'lists',
    '<ol start="3"><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>',
    named('orderedList', { order: 3 }, li('a', node('bulletList', li('b')))),
  ],
  [
    'a block of code',
    macro(
      'code',
      parameter('language', 'js'),
      '<ac:plain-text-body><![CDATA[if (a && b) {}]]]]><![CDATA[>]]></ac:plain-text-body>',
    ),
    named('codeBlock', { language: 'js' }, 'if (a && b) {}]]>'),
  ],
  ['a panel', macro('tip', '', rich('<p>a</p>')), named('panel', { panelType: 'success' }, p('a'))],
  [
    'a panel of its own colour',
    macro('panel', parameter('panelIcon', ':x:') + parameter('bgColor', '#fff0b3'), rich('<p>a</p>')),
    named('panel', { panelType: 'custom', panelIcon: ':x:', panelColor: '#fff0b3' }, p('a')),
  ],
  [
    'a panel that only ADF has',
    '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>a</p></ac:adf-content></ac:adf-node></ac:adf-extension>',
    named('panel', { panelType: 'note' }, p('a')),
  ],
  [
    'an expand',
    macro('expand', parameter('title', 'T'), rich('<p>a</p>')),
    named('expand', { title: 'T' }, p('a')),
  ],
  [
    'a status',
    `<p>${macro('status', parameter('title', 'DONE') + parameter('colour', 'Green'))}</p>`,
    p({ type: 'status', attrs: { text: 'DONE', color: 'green' } }),
  ],
  [
    'a date',
    '<p><time datetime="2026-01-31" /></p>',
    p({ type: 'date', attrs: { timestamp: '1769817600000' } }),
  ],
  [
    'an emoji',
    '<p><ac:emoticon ac:name="blue" ac:emoji-shortname=":blue:" ac:emoji-id="1f5d3" ac:emoji-fallback="🗓" /></p>',
    p({ type: 'emoji', attrs: { shortName: ':blue:', id: '1f5d3', text: '🗓' } }),
  ],
  [
    'a mention',
    '<p><ac:link><ri:user ri:account-id="1" /></ac:link></p>',
    p({ type: 'mention', attrs: { id: '1' } }),
  ],
  [
    'links',
    '<p><a href="https://x.y/?a=1&amp;b=2">a</a> <a href="https://x.y" data-card-appearance="inline">https://x.y</a></p>',
    p(text('a', link('https://x.y/?a=1&b=2')), ' ', { type: 'inlineCard', attrs: { url: 'https://x.y' } }),
  ],
  [
    'a link to a page',
    '<p><ac:link><ri:page ri:space-key="A B" ri:content-title="C/D" /><ac:link-body>e</ac:link-body></ac:link></p>',
    p(text('e', link('page:A%20B/C%2FD'))),
  ],
  [
    'cards',
    '<a href="https://x.y" data-card-appearance="block">https://x.y</a><a href="https://x.y" data-card-appearance="embed" data-layout="wide">https://x.y</a>',
    { type: 'blockCard', attrs: { url: 'https://x.y' } },
    { type: 'embedCard', attrs: { url: 'https://x.y', layout: 'wide' } },
  ],
  [
    'an inline comment',
    '<p>a <ac:inline-comment-marker ac:ref="c">b</ac:inline-comment-marker></p>',
    p('a ', text('b', comment('c'))),
  ],
  [
    'a placeholder',
    '<p><ac:placeholder>a</ac:placeholder></p>',
    p({ type: 'placeholder', attrs: { text: 'a' } }),
  ],
  [
    'tasks',
    '<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">a</span></ac:task-body></ac:task></ac:task-list>',
    named('taskList', { localId: '7-list' }, named('taskItem', { localId: '7', state: 'DONE' }, 'a')),
  ],
  [
    'a table',
    '<table data-layout="wide" ac:local-id="t"><colgroup><col style="width: 90px;" /><col style="width: 200px;" /></colgroup><tbody><tr><th><p>a</p></th><td data-highlight-colour="#f4f5f7"><p>b</p></td></tr></tbody></table>',
    named(
      'table',
      { layout: 'wide', localId: 't' },
      node(
        'tableRow',
        named('tableHeader', { colwidth: [90] }, p('a')),
        named('tableCell', { colwidth: [200], background: '#f4f5f7' }, p('b')),
      ),
    ),
  ],
  [
    'a layout',
    '<ac:layout><ac:layout-section ac:type="fixed-width"><ac:layout-cell><p>a</p></ac:layout-cell></ac:layout-section><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>b</p></ac:layout-cell><ac:layout-cell><p>c</p></ac:layout-cell></ac:layout-section></ac:layout>',
    p('a'),
    node(
      'layoutSection',
      named('layoutColumn', { width: 50 }, p('b')),
      named('layoutColumn', { width: 50 }, p('c')),
    ),
  ],
  [
    'a picture of another site',
    '<ac:image ac:align="center" ac:layout="center" ac:alt="a"><ri:url ri:value="https://x.y/z.png" /><ac:caption><p>b</p></ac:caption></ac:image>',
    named(
      'mediaSingle',
      { layout: 'center' },
      { type: 'media', attrs: { type: 'external', url: 'https://x.y/z.png', alt: 'a' } },
      node('caption', 'b'),
    ),
  ],
  [
    'a macro',
    macro('toc', parameter('maxLevel', '2')),
    { type: 'extension', attrs: extension('toc', { maxLevel: { value: '2' } }) },
  ],
  [
    'a macro with a body',
    macro('excerpt', '', rich('<p>a</p>')),
    named('bodiedExtension', extension('excerpt', {}), p('a')),
  ],
  [
    'a macro in a line',
    `<p>a ${macro('jira', parameter('key', 'A-1'))}</p>`,
    p('a ', { type: 'inlineExtension', attrs: extension('jira', { key: { value: 'A-1' } }) }),
  ],
  [
    'a macro with more in it than parameters',
    macro(
      'include',
      '<ac:parameter ac:name=""><ac:link><ri:page ri:content-title="x" /></ac:link></ac:parameter>',
    ),
    {
      type: 'extension',
      attrs: extension(
        'include',
        { '': { value: '' } },
        {
          storageXml: macro(
            'include',
            '<ac:parameter ac:name=""><ac:link><ri:page ri:content-title="x" /></ac:link></ac:parameter>',
          ),
        },
      ),
    },
  ],
  [
    'an element that ADF does not have',
    '<p><ac:link><ri:shortcut ri:key="jira" ri:parameter="A-1" /></ac:link></p>',
    p({
      type: 'inlineExtension',
      attrs: {
        extensionType: 'com.atlassian.confluence.storage',
        extensionKey: 'ac:link',
        parameters: { storageXml: '<ac:link><ri:shortcut ri:key="jira" ri:parameter="A-1" /></ac:link>' },
      },
    }),
  ],
]

/** The order of attributes is no matter. */
function elements(xml: string): readonly string[] {
  return (xml.replaceAll(' ac:schema-version="1"', '').match(/<[^>]*>|[^<]+/g) ?? []).map((part) =>
    part
      .split(/ (?=[\w:-]+=)/)
      .toSorted()
      .join(' ')
      .replaceAll(/\s*\/?>/g, '>'),
  )
}

const resolveMedia = (): { id: string; collection: string } => ({ id: 'uuid', collection: 'c' })

describe('storage format', () => {
  it.each(both.map(([name, xml, ...nodes]) => ({ name, xml, nodes })))(
    'reads and writes $name',
    ({ xml, nodes }) => {
      expect(storageToAdf(xml)).toEqual({ doc: doc(...nodes), warnings: [] })
      const written = adfToStorage(doc(...nodes))
      expect(written.warnings).toEqual([])
      expect(storageToAdf(written.xml).doc).toEqual(doc(...nodes))
      expect(elements(written.xml)).toEqual(
        expect.arrayContaining(elements(xml).filter((part) => !part.startsWith('<ac:emoticon'))),
      )
    },
  )

  it('reads the names of characters, and collapses white space as a browser does', () => {
    expect(storageToAdf('<p>\n  a&nbsp;b\n  &rsquo; &amp;amp; \n</p>\n').doc).toEqual(
      doc(p('a\u00A0b ’ &amp;')),
    )
  })

  it('keeps spaces that a browser would not show', () => {
    const document = doc(p(' a  b\n', { type: 'hardBreak' }, ' c '))
    expect(storageToAdf(adfToStorage(document).xml).doc).toEqual(document)
  })

  it('leaves out what no XML can hold', () => {
    expect(adfToStorage(doc(p('a\u0000b\uD800'))).xml).toBe('<p>ab\uFFFD</p>')
  })

  it('gathers loose text into paragraphs, and keeps what is in elements it does not know', () => {
    const { doc: read, warnings } = storageToAdf(
      '<table><tr><td>a<br/>b</td></tr></table><center><p>c</p></center><font>d</font>',
    )
    expect(read).toEqual(
      doc(
        node('table', node('tableRow', node('tableCell', p('a', { type: 'hardBreak' }, 'b')))),
        p('c'),
        p('d'),
      ),
    )
    expect(warnings).toMatchObject([{ code: 'lost', subject: 'font' }])
  })

  it('asks for the media of a file, and says when it is not known', () => {
    const xml = '<ac:image><ri:attachment ri:filename="a.png" /></ac:image>'
    expect(storageToAdf(xml, { resolveMedia }).doc.content[0]?.content).toEqual([
      { type: 'media', attrs: { type: 'file', id: 'uuid', collection: 'c' } },
    ])
    const unknown = storageToAdf(xml)
    expect(unknown.warnings).toHaveLength(1)
    expect(adfToStorage(unknown.doc).xml).toContain('ri:filename="a.png"')
  })

  it('does not follow addresses that could run something', () => {
    expect(JSON.stringify(storageToAdf('<p><a href="javascript:alert(1)">a</a></p>').doc)).not.toContain(
      'javascript',
    )
  })

  it('does not let kept XML close what is around it', () => {
    const parameters = { storageXml: '</p><script>' }
    const forged = { type: 'inlineExtension', attrs: { extensionType: 'x', extensionKey: 'y', parameters } }
    expect(adfToStorage(doc(p(forged))).xml).toBe('<p><ac:structured-macro ac:name="y" /></p>')
  })

  it('reads XML that is not closed as far as it goes, and says so', () => {
    const { doc: read, warnings } = storageToAdf('<p>a <strong>b')
    expect(read).toEqual(doc(p('a ', text('b', 'strong'))))
    expect(warnings).toMatchObject([{ subject: 'xml' }])
  })

  it('refuses what is nested too deeply with an error of its own', () => {
    expect(() => storageToAdf('<ul><li>'.repeat(250))).toThrow(
      expect.toSatisfy((error: unknown) => isAdfError(error, 'too_deep')),
    )
  })

  it('says what storage format has no place for', () => {
    const sync = named('bodiedSyncBlock', { localId: 'a', resourceId: 'b' }, p('c'))
    expect(adfToStorage(doc(sync))).toMatchObject({
      xml: '<p>c</p>',
      warnings: [{ code: 'lost', subject: 'bodiedSyncBlock' }],
    })
  })
})
