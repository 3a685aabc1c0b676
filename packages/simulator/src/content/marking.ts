import type { AdfDocument, AdfNode } from '@telamon/adf'

import type { Body } from '../world/confluence-model.ts'
import { documentOfBody } from './body.ts'

/** Words in a body, and which of several places is meant, counted from 0. */
export interface Selection {
  readonly text: string
  readonly index: number
}

/** A body with the words marked, and in how many places they stand. No body: there is no such place. */
export interface Marked {
  readonly count: number
  readonly body?: Body
}

const same = (text: string): string => text.replaceAll('\u00a0', ' ')

/** Whether a body has a mark. */
export function isAnchored({ value }: Body, markerRef: string): boolean {
  return value.includes(markerRef)
}

/** Ties a mark to words, within one block, in the form that the body has. */
export function markWords(body: Body, selection: Selection, markerRef: string): Marked {
  return body.representation === 'storage'
    ? markStorage(body, selection, markerRef)
    : markDocument(body, selection, markerRef)
}

/** Where a text stands in another, without overlaps. */
function placesOf(text: string, wanted: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) places.push(at)
  return places
}

/** Elements that do not break a line of words. */
const inline = new Set(
  'strong em b i u s del code span a sub sup small big tt ac:inline-comment-marker ac:link ac:link-body'.split(
    ' ',
  ),
)

/** Elements whose content nobody reads. */
const silent = new Set(['ac:parameter', 'ac:task-id', 'ac:task-uuid', 'ac:task-status', 'ac:plain-text-body'])

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': ' ',
}

/** A unit of readable text and the source it comes from; no source between blocks. */
interface Unit {
  readonly text: string
  readonly start: number
  readonly end: number
}

function unitsOf(xml: string): readonly Unit[] {
  const units: Unit[] = []
  let muted = 0
  for (const { 0: token, index } of xml.matchAll(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|&[^;\s]{1,10};|[\s\S]/g)) {
    const tag = /^<(\/?)([\w:-]+)[^>]*?(\/?)>$/.exec(token)
    if (tag) {
      const [, closing, name = '', empty] = tag
      if (silent.has(name) && empty === '') muted += closing === '' ? 1 : -1
      if (!inline.has(name)) units.push({ text: '\n', start: -1, end: -1 })
    } else if (muted === 0 && !token.startsWith('<![CDATA[')) {
      units.push({ text: entities[token] ?? token, start: index, end: index + token.length })
    }
  }
  return units.flatMap((unit) =>
    Array.from({ length: unit.text.length }, (_, at) => ({ ...unit, text: unit.text.charAt(at) })),
  )
}

function markStorage(body: Body, { text, index }: Selection, markerRef: string): Marked {
  const units = unitsOf(body.value)
  const places = placesOf(same(units.map((unit) => unit.text).join('')), same(text))
  const from = places[index]
  if (from === undefined) return { count: places.length }
  const chosen = units.slice(from, from + text.length)
  let value = ''
  let done = 0
  for (let at = 0; at < chosen.length;) {
    let last = at
    while (chosen[last + 1] && (chosen[last + 1]?.start ?? 0) <= (chosen[last]?.end ?? 0)) last += 1
    const [start, end] = [chosen[at]?.start ?? 0, chosen[last]?.end ?? 0]
    value += `${body.value.slice(done, start)}<ac:inline-comment-marker ac:ref="${markerRef}">${body.value.slice(start, end)}</ac:inline-comment-marker>`
    done = end
    at = last + 1
  }
  return { count: places.length, body: { ...body, value: value + body.value.slice(done) } }
}

/** What an inline node reads as. */
function wordsOf({ type, text, attrs }: AdfNode): string {
  if (type === 'text') return text ?? ''
  if (type === 'hardBreak') return '\n'
  return typeof attrs?.['text'] === 'string' ? attrs['text'] : '\ufffc'
}

const isLine = ({ content }: AdfNode): boolean => content?.some(({ type }) => type === 'text') ?? false

const lineOf = ({ content = [] }: AdfNode): string => same(content.map(wordsOf).join(''))

function linesIn(node: AdfNode): readonly string[] {
  return isLine(node) ? [lineOf(node)] : (node.content ?? []).flatMap(linesIn)
}

/** The pieces of a text node before, in and after a range that is counted from the node's own beginning. */
function split(node: AdfNode, [from, to]: readonly [number, number], markerRef: string): readonly AdfNode[] {
  const { text = '', marks = [] } = node
  const mark = { type: 'annotation', attrs: { id: markerRef, annotationType: 'inlineComment' } }
  const pieces: readonly AdfNode[] = [
    { ...node, text: text.slice(0, Math.max(0, from)) },
    { ...node, text: text.slice(Math.max(0, from), to), marks: [...marks, mark] },
    { ...node, text: text.slice(Math.max(0, to)) },
  ]
  return pieces.filter((piece) => piece.text !== '')
}

function markLine(node: AdfNode, [from, to]: readonly [number, number], markerRef: string): AdfNode {
  let at = 0
  const content = (node.content ?? []).flatMap((child): readonly AdfNode[] => {
    const { length } = wordsOf(child)
    const range = [from - at, to - at] as const
    at += length
    const touched = range[0] < length && range[1] > 0
    return touched && child.type === 'text' ? split(child, range, markerRef) : [child]
  })
  return { ...node, content }
}

function markDocument(body: Body, { text, index }: Selection, markerRef: string): Marked {
  const wanted = same(text)
  const document = documentOfBody(body)
  const count = document.content
    .flatMap(linesIn)
    .reduce((sum, line) => sum + placesOf(line, wanted).length, 0)
  if (index >= count) return { count }
  let left = index
  const mark = (node: AdfNode): AdfNode => {
    if (!isLine(node)) return node.content ? { ...node, content: node.content.map(mark) } : node
    const places = placesOf(lineOf(node), wanted)
    const from = left < 0 ? undefined : places[left]
    left -= places.length
    return from === undefined ? node : markLine(node, [from, from + wanted.length], markerRef)
  }
  const marked: AdfDocument = { ...document, content: document.content.map(mark) }
  return { count, body: { representation: 'atlas_doc_format', value: JSON.stringify(marked) } }
}
