/** What readers make of the Markdown that models write: is it there, and is the document valid by Atlassian's own schema? */
import type { AdfDocument, AdfNode } from '../../packages/adf/src/index.ts'
import { markdownToAdf } from '../../packages/adf/src/index.ts'
import { atlassianAccepts } from '../../packages/adf/test/atlassian-schema.ts'
import { printTable, type Goal } from '../kit/report.ts'
import { readers as peers, type Reader } from './peers.ts'

const readers: readonly Reader[] = [
  { name: 'ours', read: (markdown) => markdownToAdf(markdown).doc },
  ...peers,
]

/** Markdown, and how often which types have to come of it: of nodes by number, of marks by the text that has them. */
interface Sample {
  readonly name: string
  readonly markdown: string
  readonly holds: Readonly<Record<string, number | string>>
}

const samples: readonly Sample[] = [
  { name: 'headings', markdown: '# A\n\n###### B', holds: { heading: 2 } },
  {
    name: 'emphasis within words',
    markdown: 'a**b**c *d* ~~e~~',
    holds: { strong: 'b', em: 'd', strike: 'e' },
  },
  {
    name: 'lists in lists',
    markdown: '- a\n  - b\n    1. c',
    holds: { bulletList: 2, orderedList: 1, listItem: 3 },
  },
  { name: 'a list that begins at 3', markdown: '3. a\n4. b', holds: { 'orderedList order=3': 1 } },
  {
    name: 'tasks',
    markdown: '- [ ] a\n- [x] b',
    holds: { 'taskItem state=TODO': 1, 'taskItem state=DONE': 1 },
  },
  { name: 'tasks in tasks', markdown: '- [ ] a\n  - [x] b\n- [ ] c', holds: { taskList: 2, taskItem: 3 } },
  { name: 'tasks among items', markdown: '- [ ] a\n- b', holds: { taskItem: 1, listItem: 1 } },
  {
    name: 'a table',
    markdown: '| a | b |\n| --- | --- |\n| c | d |',
    holds: { tableHeader: 2, tableCell: 2 },
  },
  { name: 'a bar in a cell', markdown: '| a |\n| --- |\n| `x\\|y` |', holds: { tableCell: 1, code: 'x|y' } },
  { name: 'a break in a cell', markdown: '| a |\n| --- |\n| b<br>c |', holds: { hardBreak: 1 } },
  {
    name: 'code with a title',
    markdown: '```python title="x.py"\nx\n```',
    holds: { 'codeBlock language=python': 1 },
  },
  { name: 'code in a list', markdown: '- a\n\n  ```js\n  x\n  ```', holds: { listItem: 1, codeBlock: 1 } },
  { name: 'a quote in a quote', markdown: '> a\n>\n> > b', holds: { blockquote: 1 } },
  { name: 'a heading in a list', markdown: '- # a', holds: { listItem: 1 } },
  {
    name: 'a table in a list',
    markdown: '- a\n\n  | b |\n  | --- |\n  | c |',
    holds: { listItem: 1, tableCell: 1 },
  },
  { name: 'a callout', markdown: '> [!WARNING]\n> a', holds: { 'panel panelType=warning': 1 } },
  {
    name: 'details',
    markdown: '<details><summary>T</summary>\n\na\n\n</details>',
    holds: { 'expand title=T': 1 },
  },
  {
    name: 'underline and scripts',
    markdown: '<u>a</u> H<sub>2</sub>O x<sup>3</sup>',
    holds: { underline: 'a', subsup: '23' },
  },
  { name: 'a break in a line', markdown: 'a\\\nb', holds: { hardBreak: 1 } },
  {
    name: 'a picture',
    markdown: '![a](https://example.com/a.png)',
    holds: { mediaSingle: 1, 'media type=external': 1 },
  },
  {
    name: 'a picture in a sentence',
    markdown: 'a ![b](https://example.com/b.png) c',
    holds: { paragraph: 1 },
  },
  {
    name: 'a bare address',
    markdown: 'see https://example.com/x now',
    holds: { link: 'https://example.com/x' },
  },
  { name: 'a mention', markdown: '[@Ann](accountid:5b10)', holds: { 'mention id=5b10': 1 } },
  { name: 'an address that runs', markdown: '[a](javascript:alert(1))', holds: { 'link=0': 0 } },
  { name: 'bold code', markdown: '**`a`**', holds: { code: 'a' } },
  { name: 'an empty item', markdown: '- \n- a', holds: { listItem: 2 } },
  { name: 'marks that never close', markdown: '**a *b ~~c [d](', holds: { paragraph: 1 } },
]

type Verdict = 'invalid' | 'kept' | 'lost' | 'thrown'

function verdictOf({ read }: Reader, { markdown, holds }: Sample): Verdict {
  let document: AdfDocument
  try {
    document = read(markdown)
  } catch {
    return 'thrown'
  }
  if (!atlassianAccepts(document)) return 'invalid'
  const found = census(document)
  return Object.entries(holds).every(
    ([what, wanted]) => (found.get(what) ?? (wanted === 0 ? 0 : undefined)) === wanted,
  )
    ? 'kept'
    : 'lost'
}

/** How often each type of node is there, also with each of its attributes, and the text under each mark. */
function census(document: AdfDocument): ReadonlyMap<string, number | string> {
  const found = new Map<string, number | string>()
  const visit = (node: AdfNode): void => {
    const attrs = Object.entries(node.attrs ?? {}).map(
      ([name, value]) => `${node.type} ${name}=${String(value)}`,
    )
    for (const what of [node.type, ...attrs]) found.set(what, Number(found.get(what) ?? 0) + 1)
    for (const { type } of node.marks ?? [])
      found.set(type, String(found.get(type) ?? '') + (node.text ?? ''))
    for (const child of node.content ?? []) visit(child)
  }
  visit(document)
  return found
}

export function reading(): readonly Goal[] {
  const verdicts = samples.map((sample) => readers.map((reader) => verdictOf(reader, sample)))
  printTable('Markdown that models write, read as ADF (invalid: by @atlaskit/adf-schema)', samples, [
    ['sample', ({ name }) => name],
    ...readers.map(
      ({ name }, column) =>
        [name, (sample: Sample) => verdicts[samples.indexOf(sample)]?.[column] ?? ''] as const,
    ),
  ])
  return [
    {
      goal: 'samples that ours does not keep',
      value: verdicts.filter(([ours]) => ours !== 'kept').length,
      atMost: 0,
    },
  ]
}
