import type { AdfDocument, AdfNode } from '@telamon/adf'

import { asText } from '../http/value.ts'
import type { Body } from '../world/confluence-model.ts'
import { documentOfBody } from './body.ts'
import { documentText } from './document.ts'

/** A checkbox as it stands in a body. */
export interface Checkbox {
  readonly localId: string
  readonly done: boolean
  /** What it says, as a document of one paragraph. */
  readonly document: AdfDocument
  readonly text: string
  /** Whom it mentions first. */
  readonly assigneeId?: string
  /** The first date in it, in milliseconds since 1970. */
  readonly dueAt?: number
}

const mayHold = ({ representation, value }: Body): boolean =>
  value.includes(representation === 'storage' ? '<ac:task' : '"taskItem"')

function collect(node: AdfNode, found: AdfNode[]): void {
  if (node.type === 'taskItem' || node.type === 'blockTaskItem') found.push(node)
  for (const child of node.content ?? []) collect(child, found)
}

function firstOf(nodes: readonly AdfNode[], type: string): AdfNode | undefined {
  for (const node of nodes) {
    const found = node.type === type ? node : firstOf(node.content ?? [], type)
    if (found) return found
  }
  return undefined
}

function read({ attrs, content = [] }: AdfNode): Checkbox {
  const document: AdfDocument = {
    type: 'doc',
    version: 1,
    content: content.length === 0 ? [] : [{ type: 'paragraph', content }],
  }
  const assigneeId = asText(firstOf(content, 'mention')?.attrs?.['id'])
  const dueAt = Number(firstOf(content, 'date')?.attrs?.['timestamp'])
  return {
    localId: asText(attrs?.['localId']) ?? '',
    done: attrs?.['state'] === 'DONE',
    document,
    text: documentText(document),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(Number.isFinite(dueAt) && { dueAt }),
  }
}

/** The checkboxes of a body, in their order. */
export function checkboxesIn(body: Body): readonly Checkbox[] {
  if (!mayHold(body)) return []
  const found: AdfNode[] = []
  for (const node of documentOfBody(body).content) collect(node, found)
  return found.map(read)
}

function tick(node: AdfNode, localId: string, state: string): AdfNode {
  const isMeant = node.attrs?.['localId'] === localId && node.type !== 'taskList'
  const content = node.content?.map((child) => tick(child, localId, state))
  return { ...node, ...(isMeant && { attrs: { ...node.attrs, state } }), ...(content && { content }) }
}

/** Sets the state in the XML, which says the id of a checkbox before its state. */
function tickStorage(xml: string, localId: string, status: string): string | undefined {
  const place = ['ac:task-uuid', 'ac:task-id']
    .map((name) => xml.indexOf(`<${name}>${localId}</${name}>`))
    .find((at) => at >= 0)
  if (place === undefined) return undefined
  const rest = xml.slice(place).replace(/(<ac:task-status>)[^<]*(<\/ac:task-status>)/, `$1${status}$2`)
  return xml.slice(0, place) + rest
}

/** A body with one checkbox ticked or not. A checkbox of storage format without an id is written as ADF. */
export function withCheckbox(body: Body, localId: string, done: boolean): Body {
  if (body.representation === 'storage') {
    const value = tickStorage(body.value, localId, done ? 'complete' : 'incomplete')
    if (value !== undefined) return { ...body, value }
  }
  const document = documentOfBody(body)
  const content = document.content.map((node) => tick(node, localId, done ? 'DONE' : 'TODO'))
  return { representation: 'atlas_doc_format', value: JSON.stringify({ ...document, content }) }
}
