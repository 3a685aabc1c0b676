import { type AdfDocument, isNode, textOf } from '../document.ts'
import { table } from '../table.ts'

/** Finds the attributes that a node of the original document has besides its key. */
export type Remember = (
  kind: 'emoji' | 'media' | 'mention',
  key: string,
) => Readonly<Record<string, unknown>> | undefined

const keys = table<readonly [kind: string, attr: string]>({
  emoji: ['emoji', 'shortName'],
  media: ['media', 'id'],
  mediaInline: ['media', 'id'],
  mention: ['mention', 'id'],
})

/**
 * An index of the nodes whose Markdown leaves something out, made when it is first asked. Local ids are not handed out:
 * they belong to one place.
 */
export function createRemember(original: AdfDocument | undefined): Remember {
  let index: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined
  return (kind, key) => {
    if (!original) return undefined
    index ??= indexOf(original)
    return index.get(`${kind} ${key}`)
  }
}

function indexOf(original: AdfDocument): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const index = new Map<string, Readonly<Record<string, unknown>>>()
  const stack: unknown[] = [...original.content]
  while (stack.length > 0) {
    const node = stack.pop()
    if (!isNode(node)) continue
    const [kind, attr] = keys[node.type] ?? []
    if (kind !== undefined && attr !== undefined && node.attrs) {
      // What the brackets say is said there, if it is only that there is nothing.
      const { localId: _id, alt: _alt, ...others } = node.attrs
      const { text: _text, ...unnamed } = others
      const attrs = kind === 'mention' ? unnamed : others
      index.set(`${kind} ${textOf(attrs[attr])}`, attrs)
    }
    stack.push(...(node.content ?? []))
  }
  return index
}
