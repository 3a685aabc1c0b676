/** Request bodies: one media type each, and a kind for those that are not JSON. */

import {
  type Body,
  type Document,
  type OperationObject,
  type Schema,
  operationsOf,
  resolve,
} from '../openapi.ts'
import { refTo } from '../placeholders.ts'

export type BodyKind = 'multipart' | 'patch' | 'text' | 'bytes'

const patch: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['op', 'path'],
    properties: {
      op: { type: 'string', enum: ['add', 'copy', 'move', 'remove', 'replace', 'test'] },
      path: { type: 'string' },
      from: { type: 'string' },
      value: {},
    },
  },
}

const json = (schema: Schema, required: boolean): Body => ({
  required,
  content: { 'application/json': { schema } },
})

/** Rewrites every body, and returns the kinds of those that are not JSON. */
export function simplifyBodies(document: Document): Map<OperationObject, BodyKind> {
  const kinds = new Map<OperationObject, BodyKind>()
  for (const { operation } of operationsOf(document)) {
    if (!operation.requestBody) continue
    const { content = {}, required = false } = resolve(document, operation.requestBody)
    const kind = kindOf(content)
    if (kind) kinds.set(operation, kind)
    operation.requestBody = bodyOf(kind, content, required)
  }
  delete document.components.requestBodies
  return kinds
}

function kindOf(content: NonNullable<Body['content']>): BodyKind | undefined {
  if (content['multipart/form-data']) return 'multipart'
  if (content['application/json-patch+json']) return 'patch'
  if (content['text/plain']) return 'text'
  if (content['*/*']) return content['*/*'].schema?.$ref === undefined ? 'bytes' : undefined
  return undefined
}

function bodyOf(kind: BodyKind | undefined, content: NonNullable<Body['content']>, required: boolean): Body {
  switch (kind) {
    case 'multipart':
      return json(refTo('UploadBody'), true)
    case 'patch':
      return json(patch, true)
    case 'text':
      return json({ type: 'string' }, true)
    case 'bytes':
      return json(refTo('UploadContent'), true)
    case undefined: {
      const [media] = Object.values(content)
      return json(media?.schema ?? {}, required)
    }
  }
}
