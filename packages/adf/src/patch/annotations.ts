import { type AdfMark, type AdfNode, textAttr } from '../document.ts'
import { isEqual } from '../equal.ts'
import type { Tally } from './report.ts'

/** A comment on a stretch of a line, counted in characters of its text, in which every other node is one. */
interface Span {
  readonly mark: AdfMark
  readonly start: number
  readonly end: number
}

const placeholder = '\uFFFC'

/** Puts the comments of a line on what is left of their text in the edited line. */
export function restoreAnnotations(
  before: readonly AdfNode[],
  after: readonly AdfNode[],
  tally: Tally,
): readonly AdfNode[] {
  const spans = spansOf(before)
  if (spans.length === 0) return after
  const old = lineText(before)
  const text = lineText(after)
  const present = new Set(spansOf(after).map(({ mark }) => textAttr(mark, 'id')))
  let result = after
  for (const span of spans) {
    if (present.has(textAttr(span.mark, 'id'))) continue
    const start = locate(old, text, span)
    if (start === undefined)
      tally.annotationsLost.push({ id: textAttr(span.mark, 'id'), text: old.slice(span.start, span.end) })
    else result = annotate(result, { mark: span.mark, start, end: start + span.end - span.start })
  }
  return result
}

/** Counts the comments of blocks that are gone. */
export function loseAnnotations(node: AdfNode, tally: Tally): void {
  const content = node.content ?? []
  if (content.some((child) => child.type === 'text')) {
    const text = lineText(content)
    for (const { mark, start, end } of spansOf(content)) {
      tally.annotationsLost.push({ id: textAttr(mark, 'id'), text: text.slice(start, end) })
    }
  }
  for (const child of content) loseAnnotations(child, tally)
}

function lineText(nodes: readonly AdfNode[]): string {
  return nodes.map((node) => (node.type === 'text' ? (node.text ?? '') : placeholder)).join('')
}

function spansOf(nodes: readonly AdfNode[]): readonly Span[] {
  const spans: Span[] = []
  let position = 0
  for (const node of nodes) {
    const length = node.type === 'text' ? (node.text?.length ?? 0) : 1
    for (const mark of node.marks ?? []) {
      if (mark.type !== 'annotation') continue
      const index = spans.findLastIndex((span) => span.end === position && isEqual(span.mark, mark))
      const open = spans[index]
      if (open) spans[index] = { ...open, end: position + length }
      else spans.push({ mark, start: position, end: position + length })
    }
    position += length
  }
  return spans
}

/** Where the text of a comment is now: at its place if nothing before or after it changed, else where it occurs once. */
function locate(old: string, text: string, { start, end }: Span): number | undefined {
  let prefix = 0
  while (prefix < old.length && prefix < text.length && old[prefix] === text[prefix]) prefix += 1
  if (end <= prefix) return start
  let suffix = 0
  while (suffix < old.length && suffix < text.length && old.at(-1 - suffix) === text.at(-1 - suffix))
    suffix += 1
  if (start >= old.length - suffix) return start + text.length - old.length
  const part = old.slice(start, end)
  const first = text.indexOf(part)
  return first === -1 || text.includes(part, first + 1) ? undefined : first
}

function annotate(nodes: readonly AdfNode[], { mark, start, end }: Span): readonly AdfNode[] {
  const result: AdfNode[] = []
  let position = 0
  for (const node of nodes) {
    const text = node.type === 'text' ? (node.text ?? '') : placeholder
    const from = Math.max(start - position, 0)
    const to = Math.min(end - position, text.length)
    if (node.type === 'text' && from < to) {
      if (from > 0) result.push({ ...node, text: text.slice(0, from) })
      result.push({ ...node, text: text.slice(from, to), marks: withMark(node.marks ?? [], mark) })
      if (to < text.length) result.push({ ...node, text: text.slice(to) })
    } else result.push(node)
    position += text.length
  }
  return result
}

function withMark(marks: readonly AdfMark[], mark: AdfMark): readonly AdfMark[] {
  const code = marks.findIndex((other) => other.type === 'code')
  return code === -1 ? [...marks, mark] : marks.toSpliced(code, 0, mark)
}
