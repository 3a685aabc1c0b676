import { isRecord } from '../document.ts'

/** What an attribute's value must be. */
export type ValueRule =
  | { readonly kind: 'any' | 'boolean' | 'numbers' | 'strings' }
  | { readonly kind: 'string'; readonly min?: number }
  | { readonly kind: 'number'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'one'; readonly of: readonly (number | string)[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp; readonly says: string }
  | { readonly kind: 'object'; readonly shape: Shape }
  | { readonly kind: 'list'; readonly of: ValueRule }

/** One attribute: its value, and whether it must be there. */
export interface AttrRule {
  readonly rule: ValueRule
  readonly required: boolean
}

/** The attributes a node or mark may have. Others are refused. */
export type Shape = Readonly<Record<string, AttrRule>>

export const any: ValueRule = { kind: 'any' }
export const boolean: ValueRule = { kind: 'boolean' }
export const string: ValueRule = { kind: 'string' }
export const filled: ValueRule = { kind: 'string', min: 1 }
export const number: ValueRule = { kind: 'number' }
export const between = (min: number, max?: number): ValueRule =>
  max === undefined ? { kind: 'number', min } : { kind: 'number', min, max }
export const one = (...of: readonly (number | string)[]): ValueRule => ({ kind: 'one', of })
export const colour: ValueRule = {
  kind: 'pattern',
  pattern: /^#[0-9a-fA-F]{6}$/,
  says: 'a colour such as #ff5630',
}

/** An attribute that must be there. */
export const need = (rule: ValueRule): AttrRule => ({ rule, required: true })

/** An attribute that may be left out. */
export const may = (rule: ValueRule): AttrRule => ({ rule, required: false })

/** Whether a value keeps to a rule. */
export function fits(value: unknown, rule: ValueRule): boolean {
  switch (rule.kind) {
    case 'any':
      return true
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string' && value.length >= (rule.min ?? 0)
    case 'number':
      return typeof value === 'number' && value >= (rule.min ?? -Infinity) && value <= (rule.max ?? Infinity)
    case 'one':
      return (typeof value === 'string' || typeof value === 'number') && rule.of.includes(value)
    case 'pattern':
      return typeof value === 'string' && rule.pattern.test(value)
    case 'numbers':
      return Array.isArray(value) && value.every((item) => typeof item === 'number')
    case 'strings':
      return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
    case 'list':
      return Array.isArray(value) && value.length > 0 && value.every((item) => fits(item, rule.of))
    case 'object':
      return isRecord(value) && fitsShape(value, rule.shape)
  }
}

/** Whether every attribute is known and right, and none that is required is missing. */
export function fitsShape(attrs: Readonly<Record<string, unknown>>, shape: Shape): boolean {
  for (const [name, { rule, required }] of Object.entries(shape)) {
    const value = attrs[name]
    if (value === undefined ? required : !fits(value, rule)) return false
  }
  return Object.keys(attrs).every((name) => attrs[name] === undefined || Object.hasOwn(shape, name))
}

/** What a rule allows, in words that fit after "must be". */
export function describeRule(rule: ValueRule): string {
  switch (rule.kind) {
    case 'any':
      return 'any value'
    case 'boolean':
      return 'true or false'
    case 'string':
      return rule.min ? 'a string that is not empty' : 'a string'
    case 'number':
      return `a number${rule.min === undefined ? '' : ` from ${rule.min}`}${rule.max === undefined ? '' : ` to ${rule.max}`}`
    case 'one':
      return rule.of.length === 1 ? JSON.stringify(rule.of[0]) : `one of ${rule.of.join(', ')}`
    case 'pattern':
      return rule.says
    case 'numbers':
      return 'a list of numbers'
    case 'strings':
      return 'a list of strings that is not empty'
    case 'list':
      return 'a list that is not empty'
    case 'object':
      return `an object with ${Object.keys(rule.shape).join(', ')}`
  }
}
