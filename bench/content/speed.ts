/** What a page of 20 KB costs: reading it as ADF, writing it as Markdown, and what is done with it besides. */
import MarkdownIt from 'markdown-it'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

import { adfToMarkdown, markdownToAdf, patchAdf, validateAdf } from '../../packages/adf/src/index.ts'
import { atlassianAccepts } from '../../packages/adf/test/atlassian-schema.ts'
import { printTable, short, type Goal } from '../kit/report.ts'
import { readers, writers } from './peers.ts'
import { page } from './texts.ts'
import { compare, ratio, type Contender, type Rounds, type Row } from './turns.ts'

const contender = (name: string, work: () => unknown): Contender => ({ name, work })

/** Milliseconds of processor time a page; `x` against the base, above 1 is cheaper. */
function printRows(title: string, rows: readonly Row[], base: string): void {
  printTable(title, rows, [
    ['contender', ({ name }) => name],
    ['ms', ({ cost }) => short(cost)],
    ['x', ({ name }) => ratio(rows, { base, name }).toFixed(2)],
    ['foreign', ({ foreign }) => foreign.toFixed(2)],
  ])
}

export function speed(rounds: Rounds): readonly Goal[] {
  const markdown = page(20_000)
  const { doc } = markdownToAdf(markdown)
  if (!atlassianAccepts(doc)) throw new Error('The page is no valid document.')
  const size = `${(markdown.length / 1000).toFixed(1)} KB`

  const remark = unified().use(remarkParse).use(remarkGfm)
  const tokens = new MarkdownIt({ html: true, linkify: true })
  const reading = compare(
    [
      contender('floor: markdown-it, tokens alone', () => tokens.parse(markdown, {})),
      contender('ours', () => markdownToAdf(markdown)),
      ...readers.map(({ name, read }) => contender(name, () => read(markdown))),
      contender('remark with GFM, tree alone', () => remark.parse(markdown)),
    ],
    rounds,
  )
  printRows(`reading ${size} of Markdown`, reading, 'remark with GFM, tree alone')

  const writing = compare(
    [
      contender('floor: JSON.stringify', () => JSON.stringify(doc)),
      contender('ours, plain', () => adfToMarkdown(doc)),
      contender('ours, edit', () => adfToMarkdown(doc, { mode: 'edit' })),
      contender('ours, lossless', () => adfToMarkdown(doc, { mode: 'lossless' })),
      ...writers.map(({ name, write }) => contender(name, () => write(doc))),
    ],
    rounds,
  )
  printRows(`writing the same page, ${size}, as Markdown`, writing, 'adf-to-markdown')

  const edited = markdown.replace('Step 2', 'Step two')
  const besides = compare(
    [
      contender("Atlassian's schema, by ajv", () => atlassianAccepts(doc)),
      contender('ours, validateAdf', () => validateAdf(doc)),
      contender('ours, patchAdf with one heading changed', () => patchAdf(doc, edited)),
    ],
    rounds,
  )
  printRows('judging and patching the same page', besides, "Atlassian's schema, by ajv")

  const against = (base: string): number => ratio(reading, { base, name: 'ours' })
  return [
    { goal: 'reading, against remark', value: against('remark with GFM, tree alone'), atLeast: 8 },
    { goal: 'reading, against marklassian', value: against('marklassian'), atLeast: 1 },
    {
      goal: 'reading, by what the tokens of markdown-it cost',
      value: 1 / against('floor: markdown-it, tokens alone'),
      atMost: 1.5,
    },
    {
      goal: 'validating, against ajv',
      value: ratio(besides, { base: "Atlassian's schema, by ajv", name: 'ours, validateAdf' }),
      atLeast: 1,
      // Nobody is promised that a hand-written validator with readable errors outruns compiled code: it is hoped for.
      aim: true,
    },
  ]
}
