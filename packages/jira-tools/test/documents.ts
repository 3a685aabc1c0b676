import type { AdfDocument, AdfNode } from '@telamon/adf'

/** One block of every kind that Jira takes, with what Markdown cannot say: colours, widths, ids, files. */
export const everyBlock: readonly AdfNode[] = [
  {
    type: 'heading',
    attrs: { level: 2, localId: 'h-1' },
    content: [{ type: 'text', text: 'Berths' }],
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  },
  {
    type: 'paragraph',
    attrs: { localId: 'p-1' },
    content: [
      { type: 'text', text: 'Plain, ' },
      { type: 'text', text: 'strong', marks: [{ type: 'strong' }] },
      { type: 'text', text: ', ' },
      { type: 'text', text: 'red', marks: [{ type: 'textColor', attrs: { color: '#ff5630' } }] },
      { type: 'text', text: ', ' },
      { type: 'text', text: 'marked', marks: [{ type: 'backgroundColor', attrs: { color: '#fedec8' } }] },
      { type: 'text', text: ', ' },
      { type: 'text', text: 'under', marks: [{ type: 'underline' }] },
      { type: 'text', text: ', ' },
      { type: 'text', text: '2', marks: [{ type: 'subsup', attrs: { type: 'sup' } }] },
      { type: 'text', text: ', ' },
      { type: 'text', text: 'link', marks: [{ type: 'link', attrs: { href: 'https://a.example/' } }] },
      { type: 'hardBreak' },
      { type: 'mention', attrs: { id: '712020:1', text: '@Maya', accessLevel: 'CONTAINER', localId: 'm-1' } },
      { type: 'text', text: ' ' },
      { type: 'emoji', attrs: { shortName: ':boat:', id: 'custom-1', text: ':boat:' } },
      { type: 'text', text: ' ' },
      { type: 'date', attrs: { timestamp: '1795651200000' } },
      { type: 'text', text: ' ' },
      { type: 'status', attrs: { text: 'OPEN', color: 'blue', localId: 's-1', style: 'bold' } },
      { type: 'text', text: ' ' },
      { type: 'inlineCard', attrs: { url: 'https://a.example/card' } },
    ],
  },
  {
    type: 'bulletList',
    content: [
      { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'one' }] }] },
      {
        type: 'listItem',
        content: [
          { type: 'paragraph', content: [{ type: 'text', text: 'two' }] },
          {
            type: 'orderedList',
            attrs: { order: 3 },
            content: [
              {
                type: 'listItem',
                content: [{ type: 'paragraph', content: [{ type: 'text', text: 'inner' }] }],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    type: 'taskList',
    attrs: { localId: 'tl-1' },
    content: [
      {
        type: 'taskItem',
        attrs: { localId: 't-1', state: 'DONE' },
        content: [{ type: 'text', text: 'done' }],
      },
      {
        type: 'taskItem',
        attrs: { localId: 't-2', state: 'TODO' },
        content: [{ type: 'text', text: 'open' }],
      },
    ],
  },
  {
    type: 'decisionList',
    attrs: { localId: 'dl-1' },
    content: [
      {
        type: 'decisionItem',
        attrs: { localId: 'd-1', state: 'DECIDED' },
        content: [{ type: 'text', text: 'yes' }],
      },
    ],
  },
  {
    type: 'codeBlock',
    attrs: { language: 'sql', uniqueId: 'c-1', wrap: true },
    content: [{ type: 'text', text: 'SELECT 1 -- ```' }],
  },
  { type: 'blockquote', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'quoted' }] }] },
  {
    type: 'panel',
    attrs: { panelType: 'custom', panelColor: '#eae6ff', panelIcon: ':boat:', localId: 'pa-1' },
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'in a panel' }] }],
  },
  { type: 'rule' },
  {
    type: 'table',
    attrs: { layout: 'wide', width: 900, isNumberColumnEnabled: true, localId: 'ta-1' },
    content: [
      {
        type: 'tableRow',
        content: [
          {
            type: 'tableHeader',
            attrs: { colwidth: [120], background: '#deebff' },
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Berth' }] }],
          },
          {
            type: 'tableHeader',
            attrs: {},
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Free' }] }],
          },
        ],
      },
      {
        type: 'tableRow',
        content: [
          {
            type: 'tableCell',
            attrs: { background: '#e3fcef' },
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'N-14' }] }],
          },
          {
            type: 'tableCell',
            attrs: {},
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'no' }] }],
          },
        ],
      },
    ],
  },
  {
    type: 'table',
    attrs: { layout: 'default' },
    content: [
      {
        type: 'tableRow',
        content: [
          {
            type: 'tableCell',
            attrs: { colspan: 2 },
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'spans two' }] }],
          },
        ],
      },
      {
        type: 'tableRow',
        content: [
          {
            type: 'tableCell',
            attrs: {},
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a' }] }],
          },
          {
            type: 'tableCell',
            attrs: {},
            content: [{ type: 'paragraph', content: [{ type: 'text', text: 'b' }] }],
          },
        ],
      },
    ],
  },
  {
    type: 'expand',
    attrs: { title: 'More' },
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'hidden at first' }] }],
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
          collection: 'jira-10010',
          alt: 'map.png',
          width: 800,
          height: 600,
        },
        marks: [{ type: 'border', attrs: { size: 2, color: '#091e42' } }],
      },
      { type: 'caption', content: [{ type: 'text', text: 'The piers' }] },
    ],
  },
  {
    type: 'mediaGroup',
    content: [
      { type: 'media', attrs: { type: 'file', id: 'c3d4', collection: 'jira-10010', alt: 'plan.pdf' } },
    ],
  },
  { type: 'blockCard', attrs: { url: 'https://a.example/block' } },
  { type: 'embedCard', attrs: { url: 'https://a.example/embed', layout: 'wide', width: 80 } },
  {
    type: 'extension',
    attrs: {
      extensionType: 'com.example.forge',
      extensionKey: 'tide-table',
      parameters: { harbour: 'north' },
      localId: 'e-1',
    },
  },
  {
    type: 'paragraph',
    content: [
      {
        type: 'inlineExtension',
        attrs: { extensionType: 'com.example.forge', extensionKey: 'depth', parameters: { berth: 'N-14' } },
      },
      { type: 'text', text: ' deep' },
    ],
  },
]

/** The block that is edited. */
export const sentence = 'The pier is closed on Monday.'

/** Every block, with a sentence to edit among them. */
export const wholeDocument: AdfDocument = {
  type: 'doc',
  version: 1,
  content: [
    ...everyBlock.slice(0, 9),
    { type: 'paragraph', content: [{ type: 'text', text: sentence }] },
    ...everyBlock.slice(9),
  ],
}
