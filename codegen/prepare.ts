/** A published document → a corrected document without prose, and a record for each of its operations. */

import { type Correction, correct } from './corrections.ts'
import type { DocumentName, Loaded } from './documents.ts'
import { errata } from './errata.ts'
import { type Marks, marks } from './marks.ts'
import { type Document, type Place, operationsOf } from './openapi.ts'
import { patches } from './patches.ts'
import { placeholderSchemas } from './placeholders.ts'
import { isEmpty, simplifyAnswers } from './prepare/answers.ts'
import { isForApps } from './prepare/apps.ts'
import { type BodyKind, simplifyBodies } from './prepare/bodies.ts'
import { openEnums } from './prepare/enums.ts'
import { toIdentifier } from './prepare/identifiers.ts'
import { pagingOf, requirePageMembers } from './prepare/pages.ts'
import { commaSeparatedNames, gatherParameters } from './prepare/parameters.ts'
import { type Scopes, isAnonymous, scopesOf } from './prepare/scopes.ts'
import { type AnswerSchemas, answerSchemasOf } from './schemas.ts'

/** The record as it is written, in the order of its members. */
export interface OperationRecord {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly csv?: readonly string[]
  readonly body?: BodyKind
  readonly res?: 'binary' | 'empty'
  readonly page?: string
  readonly items?: string
  readonly read?: true
  readonly deprecated?: true
  readonly experimental?: true
  readonly anonymous?: true
  readonly app?: true
  readonly scopes: Scopes
}

export interface Prepared {
  readonly name: DocumentName
  readonly version: string
  readonly digest: string
  /** Corrected; the paths have their base, the answers are successes only. Emitters cut out of it what they need. */
  readonly document: Document
  readonly operations: readonly { readonly place: Place; readonly record: OperationRecord }[]
  /** Of all answers, refusals included. */
  readonly answers: AnswerSchemas
  readonly counts: { readonly corrections: number; readonly openedEnums: number; readonly pages: number }
}

const corrections: readonly Correction[] = [...errata, ...patches]

export function prepare({ name, document: published, actual }: Loaded): Prepared {
  const document = structuredClone(published)
  const known = marks[name]
  const corrected = correct(name, document, corrections)
  gatherParameters(document)
  addBasePath(document)
  checkMarks(document, name, known)
  const answers = answerSchemasOf(name, document, new Set(known.binary))
  simplifyAnswers(document, new Set(known.binary))
  const bodies = simplifyBodies(document)
  Object.assign(document.components.schemas, placeholderSchemas)
  const openedEnums = openEnums(document)
  const places = operationsOf(document)
  const pages = requirePageMembers(document, places)
  const operations = places.map((place) => ({
    place,
    record: recordOf({ document, name, known }, place, bodies.get(place.operation)),
  }))
  for (const { place, record } of operations) place.operation.operationId = record.id
  checkIds(
    name,
    operations.map(({ record }) => record.id),
  )
  return {
    name,
    version: document.info.version,
    digest: actual,
    document,
    operations,
    answers,
    counts: { corrections: corrected, openedEnums, pages },
  }
}

interface Subject {
  readonly document: Document
  readonly name: DocumentName
  readonly known: Marks
}

function recordOf(
  { document, name, known }: Subject,
  place: Place,
  body: BodyKind | undefined,
): OperationRecord {
  const { path, method, operation } = place
  const id = operation.operationId
  const csv = commaSeparatedNames(operation.parameters ?? [])
  const paging = pagingOf(document, name, { place, known: known.items[id] })
  return {
    id: toIdentifier(id),
    method: method.toUpperCase(),
    path,
    ...(csv.length > 0 && { csv }),
    ...(body && { body }),
    ...(known.binary.includes(id) ? { res: 'binary' } : isEmpty(operation) && { res: 'empty' }),
    ...paging,
    ...(known.reads.includes(id) && { read: true }),
    ...(operation.deprecated === true && { deprecated: true }),
    ...(operation['x-experimental'] === true && { experimental: true }),
    ...(isAnonymous(operation) && { anonymous: true }),
    ...(isForApps(place) && { app: true }),
    scopes: scopesOf(operation),
  }
}

/** Confluence v2 states its base path among the servers; the others have it in their paths. */
function addBasePath(document: Document): void {
  const url = document.servers?.[0]?.url ?? ''
  const base = url.replace(/^(https?:)?\/\/[^/]+/, '')
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [base + path, item]),
  )
}

function checkMarks(document: Document, name: DocumentName, { reads, binary, items }: Marks): void {
  const methods = new Map(
    operationsOf(document).map(({ operation, method }) => [operation.operationId, method]),
  )
  for (const id of [...reads, ...binary, ...Object.keys(items)]) {
    if (!methods.has(id)) throw new Error(`${name}: marks.ts names ${id}, which is gone`)
  }
  for (const id of reads)
    if (methods.get(id) !== 'post') throw new Error(`${name}: ${id} is marked as a reading POST and is none`)
}

function checkIds(name: DocumentName, ids: readonly string[]): void {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  if (twice.length > 0)
    throw new Error(`${name}: ids used twice: ${twice.join(', ')}. Name them in patches.ts`)
}
