import type { AdfNode } from '../document.ts'
import { readLine } from './read-inlines.ts'
import type { ReadBlocks } from './read-macros.ts'
import { make, type StorageReading } from './reading.ts'
import { childOf, elementsOf, textOf, type XmlElement } from './xml.ts'

/** Reads the ADF that storage format holds where it has no element of its own; undefined for nodes not known here. */
export function readExtensionNode(
  element: XmlElement,
  reading: StorageReading,
  readBlocks: ReadBlocks,
): readonly AdfNode[] | undefined {
  const type = camelCase(element.attrs['type'] ?? '')
  const attrs: Record<string, string> = {}
  for (const child of elementsOf(element)) {
    if (child.name === 'ac:adf-attribute') attrs[camelCase(child.attrs['key'] ?? '')] = textOf(child)
  }
  const body = childOf(element, 'ac:adf-content')
  switch (type) {
    case 'panel': {
      const content = body ? readBlocks(body, reading) : []
      return make('panel', { attrs: { panelType: 'info', ...attrs }, content }, reading)
    }
    case 'decisionList': {
      const items = elementsOf(element).filter((child) => child.name === 'ac:adf-node')
      const content = items.flatMap((item) => readExtensionNode(item, reading, readBlocks) ?? [])
      return make('decisionList', { attrs: { localId: reading.newId(), ...attrs }, content }, reading)
    }
    case 'decisionItem': {
      const content = body ? decisionLine(body, reading) : []
      return make(
        'decisionItem',
        { attrs: { localId: reading.newId(), state: 'DECIDED', ...attrs }, content },
        reading,
      )
    }
    default:
      return undefined
  }
}

function decisionLine(body: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const paragraph = childOf(body, 'p')
  return readLine(paragraph ? paragraph.children : body.children, reading)
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
