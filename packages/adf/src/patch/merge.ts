import { type AdfNode, createNode, isNode, textAttr } from '../document.ts'
import { isEqual } from '../equal.ts'
import { isInline, ruleOf, shapeOf } from '../model/nodes.ts'
import { fitsShape } from '../model/values.ts'
import { plainText } from '../plain-text.ts'
import { table } from '../table.ts'
import { sayableTitle } from '../to-markdown/containers.ts'
import { loseAnnotations, restoreAnnotations } from './annotations.ts'
import { matchKeys } from './diff.ts'
import type { Keys } from './keys.ts'
import { createTally, type Tally } from './report.ts'

/** What merging needs. */
export interface Merging {
  readonly keys: Keys
  readonly tally: Tally
  /** Ids that were made for the edited text and so say nothing. */
  readonly isMade: (id: string) => boolean
}

/** Attributes that Markdown shows: absent in the edited node, they were taken away. */
const shown = table<readonly string[]>({
  codeBlock: ['language'],
  expand: ['title'],
  tableCell: ['colspan', 'rowspan'],
  tableHeader: ['colspan', 'rowspan'],
})

/** Attributes that a reader fills in when Markdown is silent: they give way to those of the original. */
const silent = table<readonly string[]>({
  decisionItem: ['state'],
  mediaSingle: ['layout'],
})

/** Merges two lists of nodes: what was not changed is taken from the original, what was changed keeps what it can. */
export function mergeNodes(
  before: readonly AdfNode[],
  after: readonly AdfNode[],
  merging: Merging,
): readonly AdfNode[] {
  const { keys, tally } = merging
  // When the edited text names what is not seen, as that of the mode lossless does, it is compared like all else.
  const isExplicit = after.some((node) => keys.of(node) === '')
  const keyOf = (node: AdfNode): string => keys.of(node) || (isExplicit ? `unseen ${node.type}` : '')
  const old = before.map(keyOf)
  const visible = [...before.keys()].filter((index) => old[index] !== '')
  const matches = matchKeys(
    visible.map((index) => old[index] ?? ''),
    after.map(keyOf),
  )
  const partners = new Map<number, number>()
  for (const [from, to] of matches) partners.set(to, visible[from] ?? -1)
  const taken = new Set(partners.values())
  const gone = pairGaps({ before, after, visible, partners, taken, keyOf })
  const result: AdfNode[] = []
  if (before.length > 0 && (visible[0] ?? before.length) > 0) result.push(...unseenAfter(-1, before, old))
  for (const [index, node] of after.entries()) {
    const partner = partners.get(index)
    const original = partner === undefined ? undefined : before[partner]
    if (partner === undefined || !original) {
      tally.added += 1
      result.push(node)
      continue
    }
    if (old[partner] === keyOf(node)) {
      if (gone.moved.has(partner)) tally.moved += 1
      else tally.kept += 1
      result.push(original)
    } else {
      const merged = mergeNode(original, node, merging)
      if (merged === original) tally.kept += 1
      else tally.changed += 1
      result.push(merged)
    }
    if (!gone.moved.has(partner)) result.push(...unseenAfter(partner, before, old))
  }
  for (const index of visible) {
    const node = before[index]
    if (!node || taken.has(index)) continue
    tally.removed += 1
    loseAnnotations(node, tally)
  }
  return result
}

/** The nodes right after a position that an editor does not see; they stay with what they follow. */
function unseenAfter(
  position: number,
  nodes: readonly AdfNode[],
  keys: readonly string[],
): readonly AdfNode[] {
  let end = position + 1
  while (end < nodes.length && keys[end] === '') end += 1
  return nodes.slice(position + 1, end)
}

interface Sides {
  readonly before: readonly AdfNode[]
  readonly after: readonly AdfNode[]
  readonly visible: readonly number[]
  readonly partners: Map<number, number>
  readonly taken: Set<number>
  readonly keyOf: (node: AdfNode) => string
}

/** Finds partners for what the comparison left over: first what only moved, then what resembles it in the same gap. */
function pairGaps(sides: Sides): { readonly moved: ReadonlySet<number> } {
  const { before, after, visible, partners, taken, keyOf } = sides
  const moved = new Set<number>()
  const free = new Map<string, number[]>()
  for (const index of visible) {
    const node = before[index]
    if (!node || taken.has(index)) continue
    const key = keyOf(node)
    const places = free.get(key) ?? []
    places.push(index)
    free.set(key, places)
  }
  for (const [index, node] of after.entries()) {
    if (partners.has(index)) continue
    const place = free.get(keyOf(node))?.shift()
    if (place === undefined) continue
    partners.set(index, place)
    taken.add(place)
    moved.add(place)
  }
  let from = 0
  let gap: number[] = []
  for (let index = 0; index <= after.length; index += 1) {
    const partner = partners.get(index)
    if (index < after.length && (partner === undefined || moved.has(partner))) {
      if (partner === undefined) gap.push(index)
      continue
    }
    const next = partner ?? before.length
    let to = from
    while (to < visible.length && (visible[to] ?? 0) < next) to += 1
    if (gap.length > 0) {
      const candidates = visible.slice(from, to).filter((place) => !taken.has(place))
      for (const [place, changed] of pairAlike(candidates, gap, sides)) {
        partners.set(changed, place)
        taken.add(place)
      }
    }
    gap = []
    from = to
  }
  return { moved }
}

/** Pairs of a gap, in order, that together resemble each other most. Large gaps are paired by type alone. */
function pairAlike(
  places: readonly number[],
  changed: readonly number[],
  { before, after }: Sides,
): readonly (readonly [number, number])[] {
  const rows = places.length
  const columns = changed.length
  if (rows === 0 || columns === 0) return []
  if (rows * columns > mostCompared) return pairInOrder(places, changed, { before, after })
  const alike = (row: number, column: number): number => {
    const left = before[places[row] ?? -1]
    const right = after[changed[column] ?? -1]
    if (!left || !right || !isSameKind(left, right)) return 0
    return rows * columns > mostRead ? 1 : 0.1 + likeness(plainText(left), plainText(right))
  }
  const width = columns + 1
  const best = new Float64Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const skip = Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0)
      const score = alike(row, column)
      best[row * width + column] = Math.max(
        skip,
        score === 0 ? 0 : score + (best[(row + 1) * width + column + 1] ?? 0),
      )
    }
  }
  const pairs: (readonly [number, number])[] = []
  let row = 0
  let column = 0
  while (row < rows && column < columns) {
    const here = best[row * width + column] ?? 0
    if (here === (best[(row + 1) * width + column] ?? 0)) row += 1
    else if (here === (best[row * width + column + 1] ?? 0)) column += 1
    else {
      pairs.push([places[row] ?? -1, changed[column] ?? -1])
      row += 1
      column += 1
    }
  }
  return pairs
}

/** Pairs of a gap beyond which their texts are not read, and beyond which they are not compared with each other. */
const mostRead = 400
const mostCompared = 1_000_000

/** Pairs what stands at the same place of a gap and is of one kind. */
function pairInOrder(
  places: readonly number[],
  changed: readonly number[],
  { before, after }: Pick<Sides, 'after' | 'before'>,
): readonly (readonly [number, number])[] {
  return places.flatMap((place, index) => {
    const to = changed[index]
    const [left, right] = [before[place], after[to ?? -1]]
    return to !== undefined && left && right && isSameKind(left, right) ? [[place, to] as const] : []
  })
}

/** How much two texts share, from 0 to 1: words in common, twice, by words of both. */
function likeness(left: string, right: string): number {
  const words = left.split(/\s+/)
  const others = right.split(/\s+/)
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  let common = 0
  for (const word of others) {
    const count = counts.get(word) ?? 0
    if (count === 0) continue
    common += 1
    counts.set(word, count - 1)
  }
  return (2 * common) / (words.length + others.length)
}

/** Merges a changed node with its original: attributes, marks and children that Markdown does not show are kept. */
function mergeNode(before: AdfNode, after: AdfNode, merging: Merging): AdfNode {
  if (!isSameKind(before, after)) return after
  const attrs = mergeAttrs(before, after, merging)
  const marks = after.marks ?? before.marks
  const content = mergeContent(before, after, merging)
  const merged = createNode(before.type, {
    ...(attrs && { attrs }),
    ...(content && { content }),
    ...(marks && { marks }),
  })
  return isEqual(merged, before) ? before : merged
}

/** Nodes that are one thing in different places: whether an expand is nested shows only where it is put. */
function isSameKind(left: AdfNode, right: AdfNode): boolean {
  return left.type === right.type || (left.type === 'nestedExpand' && right.type === 'expand')
}

/** Whether Markdown had a word for it, which is gone now. */
const wasShown = (before: AdfNode, name: string): boolean => name !== 'title' || sayableTitle(before) !== ''

function mergeAttrs(
  before: AdfNode,
  after: AdfNode,
  merging: Merging,
): Readonly<Record<string, unknown>> | undefined {
  if (!before.attrs) return after.attrs
  const kept: Record<string, unknown> = { ...before.attrs }
  for (const name of shown[after.type] ?? []) {
    if (after.attrs?.[name] === undefined && wasShown(before, name)) delete kept[name] // eslint-disable-line typescript/no-dynamic-delete -- a record of our own
  }
  // Another kind of panel has another icon and colour.
  if (after.type === 'panel' && before.attrs['panelType'] !== after.attrs?.['panelType']) {
    for (const name of Object.keys(kept)) if (name !== 'localId') delete kept[name] // eslint-disable-line typescript/no-dynamic-delete -- a record of our own
  }
  for (const [name, value] of Object.entries(after.attrs ?? {})) {
    const isSilent = silent[after.type]?.includes(name) === true && kept[name] !== undefined
    const isMade =
      name === 'localId' && typeof value === 'string' && merging.isMade(value) && kept[name] !== undefined
    if (!isSilent && !isMade) kept[name] = value
  }
  const rule = ruleOf(before.type)
  return rule && !fitsShape(kept, shapeOf(rule, kept)) ? after.attrs : kept
}

function mergeContent(before: AdfNode, after: AdfNode, merging: Merging): readonly AdfNode[] | undefined {
  if (!after.content || !before.content) return after.content
  if (after.type === 'codeBlock' || after.type === 'caption') return after.content
  const isLine = [...before.content, ...after.content].every((node) => isNode(node) && isInline(node.type))
  if (isLine)
    return restoreAnnotations(
      before.content,
      restoreLeaves(before.content, after.content, merging),
      merging.tally,
    )
  if (after.type === 'tableRow' && before.content.length === after.content.length) {
    return after.content.map((cell, index) => mergeCell(before.content?.[index], cell, merging))
  }
  if (after.type === 'mediaSingle') return mergeMedia(before.content, after.content)
  // Only the blocks of the document itself are counted.
  const tally: Tally = { ...createTally(), annotationsLost: merging.tally.annotationsLost }
  return mergeNodes(before.content, after.content, { ...merging, tally })
}

function mergeCell(before: AdfNode | undefined, after: AdfNode, merging: Merging): AdfNode {
  if (!before) return after
  if (merging.keys.of(before) === merging.keys.of(after)) return before
  return before.type === after.type
    ? mergeNode(before, after, merging)
    : mergeNode({ ...before, type: after.type }, after, merging)
}

/** A picture that is still the same keeps its size and border; its caption is the edited one. */
function mergeMedia(before: readonly AdfNode[], after: readonly AdfNode[]): readonly AdfNode[] {
  const [old] = before
  const [media, ...rest] = after
  if (!old || !media) return after
  const isSame =
    textAttr(old, 'id') === textAttr(media, 'id') && textAttr(old, 'url') === textAttr(media, 'url')
  if (!isSame) return after
  const marks = media.marks ?? old.marks
  return [createNode('media', { attrs: { ...old.attrs, ...media.attrs }, ...(marks && { marks }) }), ...rest]
}

/** People, dates, files and the like that are still in the line are taken from the original, with their ids. */
function restoreLeaves(
  before: readonly AdfNode[],
  after: readonly AdfNode[],
  { keys }: Merging,
): readonly AdfNode[] {
  const leaves = before.filter((node) => node.type !== 'text')
  if (leaves.length === 0) return after
  const free = new Map<string, AdfNode[]>()
  for (const leaf of leaves) {
    const key = keys.of(leaf)
    free.set(key, [...(free.get(key) ?? []), leaf])
  }
  return after.map((node) => (node.type === 'text' ? node : (free.get(keys.of(node))?.shift() ?? node)))
}
