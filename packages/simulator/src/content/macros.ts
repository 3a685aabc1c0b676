import type { AdfNode } from '@telamon/adf'

import { asObject, asText } from '../http/value.ts'
import type { Body } from '../world/confluence-model.ts'
import { documentOfBody } from './body.ts'
import { documentToStorage } from './document.ts'

/** A macro of a body. */
export interface Macro {
  /** The macro id, or the local id that stands for it in ADF (documented). */
  readonly id: string
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
  /** What is in it, in storage format. */
  readonly body: string
}

const extensions = new Set(['extension', 'inlineExtension', 'bodiedExtension'])

/** Where ADF keeps the parameters and the id of a macro of Confluence. */
function read({ attrs = {}, content = [] }: AdfNode): Macro {
  const parameters = asObject(attrs['parameters'])
  const metadata = asObject(parameters?.['macroMetadata'])
  const given = Object.entries(asObject(parameters?.['macroParams']) ?? {}).map(([key, value]) => [
    key,
    asText(asObject(value)?.['value']) ?? '',
  ])
  const id = asText(asObject(metadata?.['macroId'])?.['value']) ?? asText(attrs['localId']) ?? ''
  return {
    id,
    name: asText(attrs['extensionKey']) ?? '',
    parameters: Object.fromEntries(given),
    body: content.length === 0 ? '' : documentToStorage({ type: 'doc', version: 1, content }),
  }
}

function collect(nodes: readonly AdfNode[], found: Macro[]): void {
  for (const node of nodes) {
    if (extensions.has(node.type)) found.push(read(node))
    collect(node.content ?? [], found)
  }
}

/** The macros of a body, in their order. */
export function macrosIn(body: Body): readonly Macro[] {
  const found: Macro[] = []
  collect(documentOfBody(body).content, found)
  return found
}
