/** Parameters in one place: references resolved, those of the path merged in, headers left to the caller's options. */

import { type Document, type Parameter, operationsOf, resolve } from '../openapi.ts'

export function gatherParameters(document: Document): void {
  for (const { item, operation } of operationsOf(document)) {
    const merged = new Map<string, Parameter>()
    for (const stated of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
      const parameter = resolve(document, stated)
      merged.set(`${parameter.in} ${parameter.name}`, structuredClone(parameter))
    }
    operation.parameters = [...merged.values()].filter(({ in: place }) => place !== 'header')
  }
  for (const { item } of operationsOf(document)) delete item.parameters
}

/** The query arrays that are sent as one comma-separated value. All others are repeated. */
export const commaSeparatedNames = (parameters: readonly Parameter[]): string[] =>
  parameters
    .filter((one) => one.in === 'query' && one.schema?.type === 'array' && one.explode === false)
    .map(({ name }) => name)
