import * as confluenceApps from '@telamon/confluence/apps'
import * as confluence from '@telamon/confluence/operations'
import * as confluenceV1 from '@telamon/confluence/v1'
import * as jiraApps from '@telamon/jira/apps'
import * as platform from '@telamon/jira/operations'
import * as serviceManagement from '@telamon/jira/service-management'
import * as software from '@telamon/jira/software'
import { createOperationRouter, type OperationSpec } from '@telamon/rest'

import type { Served } from './http/call.ts'
import type { ProductName } from './world/model.ts'

/** A document, or the part of it that only an app can call, with what it holds. */
export interface Document {
  readonly name: string
  readonly product: ProductName
  readonly operations: readonly OperationSpec[]
}

/** The operation tables, in the order of the coverage report. */
export const documents: readonly Document[] = [
  { name: 'jira-platform-v3', product: 'jira', operations: Object.values(platform) },
  { name: 'jira-software', product: 'jira', operations: Object.values(software) },
  { name: 'jira-service-management', product: 'jira', operations: Object.values(serviceManagement) },
  { name: 'confluence-v2', product: 'confluence', operations: Object.values(confluence) },
  { name: 'confluence-v1', product: 'confluence', operations: Object.values(confluenceV1) },
  { name: 'jira-apps', product: 'jira', operations: Object.values(jiraApps) },
  { name: 'confluence-apps', product: 'confluence', operations: Object.values(confluenceApps) },
]

/** Where a request leads. */
export type Route =
  | {
      readonly type: 'served'
      readonly served: Served
      /** The name of the document. */
      readonly document: string
      readonly path: Readonly<Record<string, string>>
    }
  | { readonly type: 'unserved'; readonly operation: OperationSpec }
  | { readonly type: 'wrong-method'; readonly allow: readonly string[] }
  | { readonly type: 'unknown' }

export interface Router {
  route(product: ProductName, method: string, pathname: string): Route
}

const operationsOf = (product: ProductName): OperationSpec[] =>
  documents.filter((document) => document.product === product).flatMap(({ operations }) => operations)

/** Every path of every document leads somewhere: to its handler, or to a refusal that names the operation. */
export function createRouter(handlers: readonly Served[]): Router {
  const byOperation = new Map(handlers.map((served) => [served.operation, served]))
  const documentOf = new Map(
    documents.flatMap(({ name, operations }) => operations.map((operation) => [operation, name] as const)),
  )
  const routers = {
    jira: createOperationRouter(operationsOf('jira')),
    confluence: createOperationRouter(operationsOf('confluence')),
  }
  return {
    route(product, method, pathname) {
      const match = routers[product].match(method, pathname)
      if (!match) return { type: 'unknown' }
      if ('allow' in match) return { type: 'wrong-method', allow: match.allow }
      const served = byOperation.get(match.operation)
      const document = documentOf.get(match.operation) ?? ''
      return served
        ? { type: 'served', served, document, path: match.path }
        : { type: 'unserved', operation: match.operation }
    },
  }
}
