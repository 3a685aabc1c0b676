import type { OperationSpec } from '@telamon/rest'
import type { ToolProduct } from '@telamon/tool-registry'

/** A JSON Schema as the generator writes it. References lead to `#/schemas/NAME` of the same document. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What one operation takes. Names of parameters that have to be given end with `!`. */
export interface OperationInput {
  readonly path?: Readonly<Record<string, JsonSchema>>
  readonly query?: Readonly<Record<string, JsonSchema>>
  readonly body?: JsonSchema
  readonly bodyRequired?: true
}

/** The inputs of one of Atlassian's documents. */
export interface DocumentInputs {
  readonly operations: Readonly<Record<string, OperationInput>>
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

/** One of Atlassian's documents, whose parts are loaded when somebody looks for an operation. */
export interface OperationDocument {
  /** What the names of its operations begin with. */
  readonly prefix: string
  readonly title: string
  readonly product: Exclude<ToolProduct, 'platform'>
  readonly client: 'jira' | 'confluence'
  readonly records: () => Promise<Readonly<Record<string, OperationSpec>>>
  readonly inputs: () => Promise<DocumentInputs>
}

/** Every document whose operations a person's token can call. */
export const documents: readonly OperationDocument[] = [
  {
    prefix: 'jira',
    title: 'Jira platform',
    product: 'jira',
    client: 'jira',
    records: () => import('@telamon/jira/operations'),
    inputs: parsedOnce(() => import('./generated/jira-platform-v3.gen.ts')),
  },
  {
    prefix: 'software',
    title: 'Jira Software',
    product: 'jira',
    client: 'jira',
    records: () => import('@telamon/jira/software'),
    inputs: parsedOnce(() => import('./generated/jira-software.gen.ts')),
  },
  {
    prefix: 'jsm',
    title: 'Jira Service Management',
    product: 'jsm',
    client: 'jira',
    records: () => import('@telamon/jira/service-management'),
    inputs: parsedOnce(() => import('./generated/jira-service-management.gen.ts')),
  },
  {
    prefix: 'confluence',
    title: 'Confluence',
    product: 'confluence',
    client: 'confluence',
    records: () => import('@telamon/confluence/operations'),
    inputs: parsedOnce(() => import('./generated/confluence-v2.gen.ts')),
  },
  {
    prefix: 'confluenceV1',
    title: 'Confluence version 1',
    product: 'confluence',
    client: 'confluence',
    records: () => import('@telamon/confluence/v1'),
    inputs: parsedOnce(() => import('./generated/confluence-v1.gen.ts')),
  },
]

function parsedOnce(load: () => Promise<{ readonly text: string }>): () => Promise<DocumentInputs> {
  let parsing: Promise<DocumentInputs> | undefined
  return () => (parsing ??= load().then(({ text }): DocumentInputs => JSON.parse(text)))
}
