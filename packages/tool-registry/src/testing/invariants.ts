import { effectOf, productOf } from '@telamon/rest'

import { listingOf } from '../listing.ts'
import { permissionOf } from '../tiers.ts'
import type { Tool } from '../tool.ts'
import type { Toolset } from '../toolset.ts'
import { isJsonObject } from '../wire.ts'

/** Longest texts, in characters. They bound what the list of tools costs a model. */
const longest = { title: 60, description: 1000, member: 300 } as const

/**
 * What is wrong with a toolset, as sentences; an empty list when nothing is. Every toolset's tests ask for it, so that
 * names, tiers, scopes and schemas keep to one set of rules.
 */
export function problemsOf(set: Toolset<never>): readonly string[] {
  const names = set.tools.map((tool) => tool.name)
  const aliases = set.aliases.map((alias) => alias.name)
  return [
    ...(/^[a-z][a-z0-9-]{0,31}$/.test(set.id)
      ? []
      : [`${set.id}: the id has to be lower-case letters, digits, hyphens`]),
    ...repeated([...names, ...aliases]).map((name) => `${name}: the name is used twice`),
    ...set.aliases
      .filter((alias) => !names.includes(alias.tool))
      .map((alias) => `${alias.name}: there is no tool ${alias.tool}`),
    ...(set.primary ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => `${name}: it is primary, and there is no such tool`),
    ...set.tools.flatMap((tool) => problemsOfTool(tool).map((problem) => `${tool.name}: ${problem}`)),
  ]
}

function problemsOfTool(tool: Tool<never>): readonly string[] {
  return [...factsProblems(tool), ...usesProblems(tool), ...schemaProblems(tool)]
}

function factsProblems({ name, title, description, product, tier, uses }: Tool<never>): readonly string[] {
  return [
    ...unless(
      /^[a-z][A-Za-z0-9]{2,63}$/.test(name),
      'the name has to be lower camelCase of 3 to 64 letters and digits',
    ),
    ...unless(
      title.length > 0 && title.length <= longest.title,
      `the title has to be 1 to ${longest.title} characters`,
    ),
    ...unless(
      description.length > 0 && description.length <= longest.description,
      `the description has to be 1 to ${longest.description} characters`,
    ),
    ...unless(
      product !== 'platform' || tier === 'read' || uses.length === 0,
      'a tool of the platform has to be of the tier read, unless it only runs others',
    ),
  ]
}

function usesProblems(tool: Tool<never>): readonly string[] {
  const { tier, product, uses, reversible = [] } = tool
  const effects = uses.map((operation) => effectOf(operation))
  const final = uses.filter(
    (operation) => effectOf(operation) === 'delete' && !reversible.includes(operation),
  )
  const home = product === 'confluence' ? 'confluence' : 'jira'
  return [
    ...unless(
      tier !== 'read' || effects.every((effect) => effect === 'read'),
      'the tier is read, and it uses operations that write',
    ),
    ...unless(
      tier !== 'write' || final.length === 0,
      'the tier is write, and it uses operations that delete',
    ),
    ...unless(
      tier === 'read' || uses.length === 0 || effects.some((effect) => effect !== 'read'),
      'it uses reading operations only, and its tier is not read',
    ),
    ...unless(
      permissionOf(tool) === undefined || uses.some((operation) => productOf(operation) === home),
      `it uses no operation of ${product}`,
    ),
    ...unless(
      !uses.some((operation) => operation.app === true),
      'it uses an operation that only apps can call',
    ),
  ]
}

function schemaProblems(tool: Tool<never>): readonly string[] {
  const { inputSchema, outputSchema } = listingOf(tool)
  const { properties = {} } = inputSchema
  const members = isJsonObject(properties) ? Object.entries(properties) : []
  const unions = ['anyOf', 'oneOf', 'allOf'].filter((keyword) => keyword in inputSchema)
  return [
    ...unless(inputSchema['additionalProperties'] === false, 'the input has to be a z.strictObject'),
    ...unless(unions.length === 0, 'the input has a union at its top'),
    ...unless(
      !JSON.stringify([inputSchema, outputSchema]).includes('"x-mcp-header"'),
      'the schema asks for headers',
    ),
    ...members.flatMap(([name, schema]) => memberProblems(name, describedLength(schema))),
  ]
}

function memberProblems(name: string, described: number): readonly string[] {
  return [
    ...unless(/^[a-z][A-Za-z0-9]*$/.test(name), `the argument ${name} has to be camelCase`),
    ...unless(described > 0, `the argument ${name} has no description`),
    ...unless(
      described <= longest.member,
      `the description of ${name} is longer than ${longest.member} characters`,
    ),
  ]
}

function describedLength(schema: unknown): number {
  const description = isJsonObject(schema) ? schema['description'] : undefined
  return typeof description === 'string' ? description.length : 0
}

function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem]
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}
