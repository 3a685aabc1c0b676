import type { Fitting } from './fit/fitting.ts'
import { ruleOf, shapeOf } from './model/nodes.ts'
import { fits } from './model/values.ts'

/** Values for what is required and missing or wrong. */
const fallbacks: Readonly<Record<string, unknown>> = {
  'decisionItem.state': 'DECIDED',
  'embedCard.layout': 'center',
  'heading.level': 1,
  'layoutColumn.width': 50,
  'media.collection': '',
  'mediaInline.collection': '',
  'mediaSingle.layout': 'center',
  'panel.panelType': 'info',
  'status.color': 'neutral',
  'taskItem.state': 'TODO',
}

/** The attributes that are known and right, with those that can be filled in; undefined when one is missing that cannot. */
export function completeAttrs(
  type: string,
  given: Readonly<Record<string, unknown>> | undefined,
  fitting: Fitting,
): Readonly<Record<string, unknown>> | undefined {
  const rule = ruleOf(type)
  if (!rule) return undefined
  if (!given && rule.attrsOptional) return {}
  const attrs: Record<string, unknown> = {}
  for (const [name, { rule: value, required }] of Object.entries(shapeOf(rule, given ?? {}))) {
    if (given?.[name] !== undefined && fits(given[name], value)) attrs[name] = given[name]
    else if (required) {
      const filled = name === 'localId' ? fitting.newId() : fallbacks[`${type}.${name}`]
      if (filled === undefined) return undefined
      attrs[name] = filled
      fitting.warn(type, `The attribute ${name} of a ${type} was missing or wrong and was filled in.`)
    }
  }
  return attrs
}
