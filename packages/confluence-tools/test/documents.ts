import type { AdfDocument, AdfNode } from '@telamon/adf'

const text = (words: string, marks?: AdfNode['marks']): AdfNode => ({
  type: 'text',
  text: words,
  ...(marks && { marks }),
})
const paragraph = (...content: readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content })
const cell = (
  type: 'tableCell' | 'tableHeader',
  attrs: Readonly<Record<string, unknown>>,
  words: string,
): AdfNode => ({
  type,
  attrs,
  content: [paragraph(text(words))],
})

/** Blocks of every kind that Confluence takes, with what Markdown cannot say: colours, widths, ids, macros, comments. */
export const everyBlock: readonly AdfNode[] = [
  {
    type: 'heading',
    attrs: { level: 2, localId: 'h-1' },
    content: [text('Berths')],
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  },
  {
    type: 'paragraph',
    attrs: { localId: 'p-1' },
    content: [
      text('Plain, '),
      text('strong', [{ type: 'strong' }]),
      text(', '),
      text('red', [{ type: 'textColor', attrs: { color: '#ff5630' } }]),
      text(', '),
      text('marked', [{ type: 'backgroundColor', attrs: { color: '#fedec8' } }]),
      text(', '),
      text('discussed', [{ type: 'annotation', attrs: { id: 'a-1', annotationType: 'inlineComment' } }]),
      text(', '),
      text('under', [{ type: 'underline' }]),
      text('2', [{ type: 'subsup', attrs: { type: 'sup' } }]),
      text(', '),
      text('link', [{ type: 'link', attrs: { href: 'https://a.example/' } }]),
      { type: 'hardBreak' },
      { type: 'mention', attrs: { id: '712020:1', text: '@Maya', accessLevel: 'CONTAINER', localId: 'm-1' } },
      text(' '),
      { type: 'emoji', attrs: { shortName: ':boat:', id: 'custom-1', text: ':boat:' } },
      text(' '),
      { type: 'date', attrs: { timestamp: '1795651200000' } },
      text(' '),
      { type: 'status', attrs: { text: 'OPEN', color: 'blue', localId: 's-1', style: 'bold' } },
      text(' '),
      { type: 'inlineCard', attrs: { url: 'https://a.example/card' } },
      text(' '),
      { type: 'placeholder', attrs: { text: 'write here' } },
    ],
  },
  {
    type: 'bulletList',
    content: [
      { type: 'listItem', content: [paragraph(text('one'))] },
      {
        type: 'listItem',
        content: [
          paragraph(text('two')),
          {
            type: 'orderedList',
            attrs: { order: 3 },
            content: [{ type: 'listItem', content: [paragraph(text('inner'))] }],
          },
        ],
      },
    ],
  },
  {
    type: 'taskList',
    attrs: { localId: 'tl-1' },
    content: [
      { type: 'taskItem', attrs: { localId: 't-1', state: 'DONE' }, content: [text('done')] },
      { type: 'taskItem', attrs: { localId: 't-2', state: 'TODO' }, content: [text('open')] },
    ],
  },
  {
    type: 'decisionList',
    attrs: { localId: 'dl-1' },
    content: [{ type: 'decisionItem', attrs: { localId: 'd-1', state: 'DECIDED' }, content: [text('yes')] }],
  },
  {
    type: 'codeBlock',
    attrs: { language: 'sql', uniqueId: 'c-1' },
    marks: [{ type: 'breakout', attrs: { mode: 'wide' } }],
    content: [text('SELECT 1 -- ```')],
  },
  { type: 'blockquote', content: [paragraph(text('quoted'))] },
  {
    type: 'panel',
    attrs: { panelType: 'custom', panelColor: '#eae6ff', panelIcon: ':boat:', localId: 'pa-1' },
    content: [paragraph(text('in a panel'))],
  },
  { type: 'rule' },
  {
    type: 'table',
    attrs: { layout: 'wide', width: 900, isNumberColumnEnabled: true, localId: 'ta-1' },
    content: [
      {
        type: 'tableRow',
        content: [
          cell('tableHeader', { colwidth: [120], background: '#deebff' }, 'Berth'),
          cell('tableHeader', {}, 'Free'),
        ],
      },
      {
        type: 'tableRow',
        content: [cell('tableCell', { background: '#e3fcef' }, 'N-14'), cell('tableCell', {}, 'no')],
      },
    ],
  },
  {
    type: 'table',
    attrs: { layout: 'default' },
    content: [
      { type: 'tableRow', content: [cell('tableCell', { colspan: 2 }, 'spans two')] },
      {
        type: 'tableRow',
        content: [
          cell('tableCell', {}, 'a'),
          {
            type: 'tableCell',
            attrs: {},
            content: [
              { type: 'nestedExpand', attrs: { title: 'In a cell' }, content: [paragraph(text('b'))] },
            ],
          },
        ],
      },
    ],
  },
  { type: 'expand', attrs: { title: 'More' }, content: [paragraph(text('hidden at first'))] },
  {
    type: 'layoutSection',
    marks: [{ type: 'breakout', attrs: { mode: 'full-width' } }],
    content: [
      { type: 'layoutColumn', attrs: { width: 66.6 }, content: [paragraph(text('left'))] },
      { type: 'layoutColumn', attrs: { width: 33.4 }, content: [paragraph(text('right'))] },
    ],
  },
  {
    type: 'mediaSingle',
    attrs: { layout: 'wrap-right', width: 400, widthType: 'pixel' },
    content: [
      {
        type: 'media',
        attrs: {
          type: 'file',
          id: 'a1b2',
          collection: 'contentId-1',
          alt: 'map.png',
          width: 800,
          height: 600,
        },
        marks: [{ type: 'border', attrs: { size: 2, color: '#091e42' } }],
      },
      { type: 'caption', content: [text('The piers')] },
    ],
  },
  {
    type: 'mediaGroup',
    content: [
      { type: 'media', attrs: { type: 'file', id: 'c3d4', collection: 'contentId-1', alt: 'plan.pdf' } },
    ],
  },
  { type: 'blockCard', attrs: { url: 'https://a.example/block' } },
  { type: 'embedCard', attrs: { url: 'https://a.example/embed', layout: 'wide', width: 80 } },
  {
    type: 'extension',
    attrs: {
      extensionType: 'com.atlassian.confluence.macro.core',
      extensionKey: 'toc',
      parameters: { macroParams: { maxLevel: { value: '2' } } },
      localId: 'e-1',
    },
  },
  {
    type: 'bodiedExtension',
    attrs: {
      extensionType: 'com.atlassian.confluence.macro.core',
      extensionKey: 'excerpt',
      parameters: { macroParams: { name: { value: 'tides' } } },
      localId: 'e-2',
    },
    content: [paragraph(text('High at noon.'))],
  },
  paragraph(
    {
      type: 'inlineExtension',
      attrs: {
        extensionType: 'com.atlassian.confluence.macro.core',
        extensionKey: 'anchor',
        parameters: { macroParams: { '': { value: 'deep' } } },
      },
    },
    text(' deep'),
  ),
  { type: 'syncBlock', attrs: { resourceId: 'r-1', localId: 'sy-1' } },
]

/** The block that is edited. */
export const sentence = 'The pier is closed on Monday.'

/** Where the sentence stands among them. */
export const place = 9

/** Every block, with a sentence to edit among them. */
export const wholeDocument: AdfDocument = {
  type: 'doc',
  version: 1,
  content: [...everyBlock.slice(0, place), paragraph(text(sentence)), ...everyBlock.slice(place)],
}
