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

/** JSON Schema 2020-12, which is what MCP assumes, so that it is not named; without bounds that say nothing. */
function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  const converted = z.toJSONSchema(schema, { target: 'draft-2020-12', io, override: withoutSafeBounds })
  const { $schema: _dialect, '~standard': _standard, ...rest } = converted
  return { ...rest, type: 'object' }
}

/** Every integer has these bounds in JSON; a model gains nothing from reading them. */
function withoutSafeBounds({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}
