import { serviceFields } from '../../service/fields.ts'
import { softwareFields } from '../../software/fields.ts'
import type { Site } from '../../world/model.ts'
import { choiceFields } from './choice-fields.ts'
import { customFieldsOf } from './custom-fields.ts'
import { peopleFields } from './people-fields.ts'
import { relationFields } from './relation-fields.ts'
import type { FieldSpec } from './spec.ts'
import { textFields } from './text-fields.ts'
import { timeFields } from './time-fields.ts'

const systemFields: readonly FieldSpec[] = [
  ...choiceFields,
  ...textFields,
  ...peopleFields,
  ...timeFields,
  ...relationFields,
]

const tables = new WeakMap<Site, ReadonlyMap<string, FieldSpec>>()

/** All fields of a site by id, the custom ones among them. */
export function fieldsOf(site: Site): ReadonlyMap<string, FieldSpec> {
  const known = tables.get(site)
  if (known) return known
  const fields = [...systemFields, ...customFieldsOf(site), ...softwareFields, ...serviceFields]
  const table = new Map(fields.map((field) => [field.id, field]))
  tables.set(site, table)
  return table
}

/** To be called when custom fields have changed, so that the table is made anew. */
export function forgetFields(site: Site): void {
  tables.delete(site)
}
