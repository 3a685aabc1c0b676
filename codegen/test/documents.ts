import type { Loaded } from '../documents.ts'
import type { Document, OperationObject, PathItem } from '../openapi.ts'

/** A document of these paths. */
export const documentOf = (paths: Record<string, PathItem>): Document => ({
  openapi: '3.0.1',
  info: { version: '1' },
  paths,
  components: { schemas: {} },
})

/** The same as one that was read. */
export const loaded = (paths: Record<string, PathItem>): Loaded => ({
  name: 'jira-software',
  url: '',
  digest: '',
  actual: '',
  document: documentOf(paths),
})

/** An operation that answers nothing. */
export const operation = (operationId: string, more: Partial<OperationObject> = {}): OperationObject => ({
  operationId,
  responses: {},
  ...more,
})
