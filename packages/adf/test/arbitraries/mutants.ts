import * as fc from 'fast-check'

import { documents } from './documents.ts'

interface Loose {
  [member: string]: unknown
  type?: unknown
  content?: Loose[]
}

const types =
  'text paragraph heading table tableRow tableCell listItem taskItem bulletList media mediaSingle caption panel expand ' +
  'nestedExpand layoutSection layoutColumn weird constructor blockquote decisionItem hardBreak extension rule codeBlock doc'

const marks = ['strong', 'code', 'weird', 'alignment', 'link']

function pick<Item>(list: readonly Item[], index: number): Item | undefined {
  return list[index % list.length]
}

/** Ways to break a node. */
const breaks: readonly ((node: Loose, value: number, all: readonly Loose[]) => void)[] = [
  (node, value) => Object.assign(node, { type: pick(types.split(' '), value) }),
  (node) => Object.assign(node, { attrs: undefined }),
  (node) => Object.assign(node, { content: undefined }),
  (node) => Object.assign(node, { text: '' }),
  (node, value, all) => Object.assign(node, { content: [structuredClone(pick(all, value))] }),
  (node, value) => Object.assign(node, { marks: [{ type: pick(marks, value), attrs: { align: 'center' } }] }),
  (node, value) => Object.assign(node, { attrs: { level: value % 9, bogus: { toString: 1 } } }),
  (node, value) =>
    Object.assign(node, {
      [pick(['foo', 'text', 'content', 'marks'], value) ?? '']: pick([null, 5, 'x', {}], value),
    }),
]

function collect(node: Loose, all: Loose[]): Loose[] {
  all.push(node)
  for (const child of node.content ?? []) collect(child, all)
  return all
}

/** Documents that were valid, with a few faults put in. */
export const mutants: fc.Arbitrary<unknown> = fc
  .tuple(documents, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }))
  .map(([document, faults]) => {
    const copy: Loose = JSON.parse(JSON.stringify(document)) // eslint-disable-line typescript/no-unsafe-assignment -- it is to be broken
    const all = collect(copy, [])
    for (const [which, how, value] of faults) {
      const node = pick(all.slice(1), which)
      if (node) pick(breaks, how)?.(node, value, all)
    }
    return copy
  })
