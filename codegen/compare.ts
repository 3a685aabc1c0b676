/**
 * Lists what a newer set of documents adds, removes and deprecates.
 *
 * Usage: node codegen/compare.ts OLD NEW
 * Both are folders with the five documents. Only what is published is compared; corrections play no part.
 */

import { pathToFileURL } from 'node:url'

import { type Loaded, loadAll } from './documents.ts'
import { type Document, type OperationObject, operationsOf } from './openapi.ts'
import { gatherParameters } from './prepare/parameters.ts'
import { scopesOf } from './prepare/scopes.ts'

export interface Change {
  readonly document: string
  readonly kind: 'added' | 'removed' | 'deprecated' | 'parameters' | 'scopes'
  readonly operation: string
  readonly detail: string
}

/** The changes from one set of documents to another, by document and path. */
export function compare(before: readonly Loaded[], after: readonly Loaded[]): Change[] {
  return before.flatMap(({ name, document }) => {
    const newer = after.find((one) => one.name === name)
    return newer ? changesOf(name, indexOf(document), indexOf(newer.document)) : []
  })
}

type Index = ReadonlyMap<string, OperationObject>

function indexOf(published: Document): Index {
  const document = structuredClone(published)
  gatherParameters(document)
  return new Map(
    operationsOf(document).map(({ path, method, operation }) => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  )
}

function changesOf(document: string, before: Index, after: Index): Change[] {
  const changes: Change[] = []
  const note = (kind: Change['kind'], operation: string, detail: string): void => {
    changes.push({ document, kind, operation, detail })
  }
  for (const [key, { operationId }] of after) if (!before.has(key)) note('added', key, operationId)
  for (const [key, old] of before) {
    const now = after.get(key)
    if (!now) {
      note('removed', key, old.operationId)
      continue
    }
    if (now.deprecated === true && old.deprecated !== true) note('deprecated', key, now.operationId)
    const parameters = differenceOf(parametersOf(old), parametersOf(now))
    if (parameters) note('parameters', key, parameters)
    const scopes = differenceOf(scopeNames(old), scopeNames(now))
    if (scopes) note('scopes', key, scopes)
  }
  return changes
}

const parametersOf = ({ parameters = [] }: OperationObject): string[] =>
  parameters.map(({ in: place, name, required }) => `${place} ${name}${required ? ' (required)' : ''}`)

function scopeNames(operation: OperationObject): string[] {
  const { classic = [], granular = [] } = scopesOf(operation)
  return [...classic, ...granular]
}

/** `+new -old`, or an empty string. */
function differenceOf(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((one) => !before.includes(one)).map((one) => `+${one}`)
  const removed = before.filter((one) => !after.includes(one)).map((one) => `-${one}`)
  return [...added, ...removed].join(', ')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [older, newer] = process.argv.slice(2)
  if (older === undefined || newer === undefined)
    throw new Error('Which documents? Usage: node codegen/compare.ts OLD NEW')
  const changes = compare(await loadAll(older), await loadAll(newer))
  if (changes.length === 0)
    console.log('No operation was added, removed or deprecated, and no parameter or scope changed.')
  for (const { document, kind, operation, detail } of changes)
    console.log(`${document}  ${kind.padEnd(10)}  ${operation}  ${detail}`)
}
