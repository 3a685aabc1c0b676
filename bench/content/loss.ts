/** Documents written as Markdown and read again: what of them is still there, by type of node and of mark. */
import { isDeepStrictEqual } from 'node:util'
import { Script } from 'node:vm'

import { sample } from '../../packages/adf/node_modules/fast-check/lib/fast-check.js'
import type { AdfDocument, AdfNode } from '../../packages/adf/src/index.ts'
import { adfToMarkdown, markdownToAdf } from '../../packages/adf/src/index.ts'
import { marks } from '../../packages/adf/src/model/marks.ts'
import { nodes } from '../../packages/adf/src/model/nodes.ts'
import { documents } from '../../packages/adf/test/arbitraries/documents.ts'
import { printTable, type Goal } from '../kit/report.ts'
import { readers, writers } from './peers.ts'

/** A way through Markdown, and whether the whole document has to be the same or each type as often as before. */
interface Trip {
  readonly name: string
  readonly strict: boolean
  readonly take: (document: AdfDocument) => AdfDocument
}

const trips: readonly Trip[] = [
  {
    name: 'ours, lossless',
    strict: true,
    take: (document) => markdownToAdf(adfToMarkdown(document, { mode: 'lossless' }).markdown).doc,
  },
  {
    name: 'ours, plain',
    strict: false,
    take: (document) => markdownToAdf(adfToMarkdown(document).markdown).doc,
  },
  ...writers.flatMap(({ name: writer, write }) =>
    readers.map(({ name: reader, read }) => ({
      name: `${writer} > ${reader}`,
      strict: false,
      take: (document: AdfDocument) => withinASecond(() => read(write(document))),
    })),
  ),
]

const call = new Script('converting()')

/** Ends a conversion that does not end by itself: some of what is read here keeps the editor's transformer busy for ever. */
function withinASecond<Result>(work: () => Result): Result {
  let result: { readonly value: Result } | undefined
  Object.assign(globalThis, {
    converting: () => {
      result = { value: work() }
    },
  })
  call.runInThisContext({ timeout: 1000 })
  if (!result) throw new Error('Nothing was converted.')
  return result.value
}

/** How much of each type a document holds: nodes are counted, text and marks are measured in characters. */
type Measure = ReadonlyMap<string, number>

function measure(document: unknown): Measure {
  const amounts = new Map<string, number>()
  const add = (type: string, amount: number): void => {
    amounts.set(type, (amounts.get(type) ?? 0) + amount)
  }
  const visit = (node: AdfNode): void => {
    const characters = node.type === 'text' ? (node.text ?? '').replaceAll(/\s/g, '').length : 1
    add(node.type, characters)
    for (const { type } of node.marks ?? []) add(`${type} (mark)`, characters)
    for (const child of node.content ?? []) visit(child)
  }
  visit(document as AdfNode) // eslint-disable-line typescript/no-unsafe-type-assertion -- documents of converters
  return amounts
}

/** The same document with words instead of hostile text, so that peers are judged by what they convert and not by their escaping. */
function calm(document: AdfDocument): AdfDocument {
  let words = 0
  const copy: unknown = JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    key === 'text' && typeof value === 'string' ? `word${(words += 1)}` : value,
  )
  return copy as AdfDocument // eslint-disable-line typescript/no-unsafe-type-assertion -- it was one
}

/** What a trip loses of a document: the types of which less is left than there was. */
function lostIn(trip: Trip, document: AdfDocument): ReadonlySet<string> {
  const before = measure(document)
  try {
    const result = trip.take(document)
    if (trip.strict) return new Set(isDeepStrictEqual(result, document) ? [] : before.keys())
    const after = measure(result)
    return new Set([...before.keys()].filter((type) => (after.get(type) ?? 0) < (before.get(type) ?? 0)))
  } catch {
    return new Set(before.keys()) // Nothing is left of what cannot be converted.
  }
}

export function loss(options: { readonly documents: number }): readonly Goal[] {
  const all = sample(documents, { numRuns: options.documents, seed: 20_261_123 })
  const seen = new Map<string, number>()
  const lost = new Map(trips.map(({ name }) => [name, new Map<string, number>()]))
  for (const document of all) {
    const plain = calm(document)
    for (const type of measure(plain).keys()) seen.set(type, (seen.get(type) ?? 0) + 1)
    for (const trip of trips) {
      const counts = lost.get(trip.name)
      for (const type of lostIn(trip, trip.strict ? document : plain))
        counts?.set(type, (counts.get(type) ?? 0) + 1)
    }
  }
  const types = [...seen.keys()].filter((type) => type !== 'doc').toSorted()
  const share = (name: string, type: string): string => {
    const count = lost.get(name)?.get(type) ?? 0
    return count === 0 ? '0' : `${((100 * count) / (seen.get(type) ?? 1)).toFixed(1)} %`
  }
  printTable(
    'documents in which something of a type is lost between writing Markdown and reading it again (ours, lossless: in which anything at all is different)',
    types,
    [
      ['type', (type) => type],
      ['documents', (type) => String(seen.get(type) ?? 0)],
      ...trips.map(({ name }) => [name, (type: string) => share(name, type)] as const),
    ],
  )
  const wanted = [...Object.keys(nodes), ...Object.keys(marks).map((type) => `${type} (mark)`)]
  const ours = lost.get('ours, lossless')
  return [
    {
      goal: 'types of nodes and marks that no document held',
      value: wanted.filter((type) => !seen.has(type)).length,
      atMost: 0,
    },
    {
      goal: 'types of which the lossless mode lost something',
      value: types.filter((type) => (ours?.get(type) ?? 0) > 0).length,
      atMost: 0,
    },
  ]
}
