import * as z from 'zod'

import { hintsOf } from './tiers.ts'
import type { ToolHints } from './tiers.ts'
import type { ToolFacts } from './tool.ts'

/** A JSON Schema whose root is an object. */
export type ObjectSchema = Readonly<Record<string, unknown>> & { readonly type: 'object' }

/** A tool as clients see it in `tools/list`. */
export interface ListedTool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: ObjectSchema
  readonly outputSchema?: ObjectSchema
  readonly annotations: ToolHints
}

/** Converts a tool's schemas. Throws for what JSON Schema cannot say; that is a fault of the tool. */
export function listingOf(tool: ToolFacts): ListedTool {
  const { name, title, description, input, output } = tool
  return {
    name,
    title,
    description,
    inputSchema: schemaOf(input, 'input'),
    ...(output && { outputSchema: schemaOf(output, 'output') }),
    annotations: hintsOf(tool),
  }
}

/** JSON Schema 2020-12, which is what MCP assumes, so that it is not named; without what only a checker reads. */
function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  const converted = z.toJSONSchema(schema, { target: 'draft-2020-12', io, override: withoutChecks })
  const { $schema: _dialect, '~standard': _standard, ...rest } = converted
  return { ...rest, type: 'object' }
}

/**
 * Leaves out what a model gains nothing from and pays for with every list: the bounds that every integer has in JSON,
 * lengths of lists, patterns, and that names of members are texts. All of it is checked all the same.
 */
function withoutChecks({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  delete jsonSchema.maxItems
  delete jsonSchema.pattern
  const { propertyNames: names, additionalProperties: others } = jsonSchema
  if (typeof names === 'object' && names.type === 'string') delete jsonSchema.propertyNames
  if (typeof others === 'object' && Object.keys(others).length === 0) delete jsonSchema.additionalProperties
}
