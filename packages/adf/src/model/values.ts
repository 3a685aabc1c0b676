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

/** Any JSON value. */
export const any: ValueRule = { kind: 'any' }
/** True or false. */
export const boolean: ValueRule = { kind: 'boolean' }
/** Any string. */
export const string: ValueRule = { kind: 'string' }
/** A string of at least one character. */
export const filled: ValueRule = { kind: 'string', min: 1 }
/** Any number. */
export const number: ValueRule = { kind: 'number' }
/** A number within bounds, both included. */
export const between = (min: number, max?: number): ValueRule =>
  max === undefined ? { kind: 'number', min } : { kind: 'number', min, max }
/** One of a few values. */
export const one = (...of: readonly (number | string)[]): ValueRule => ({ kind: 'one', of })
/** A colour in six hexadecimal digits. */
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
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined
  let isFit = true
  switch (rule.kind) {
    case 'any':
      break
    case 'boolean':
      isFit = typeof value === 'boolean'
      break
    case 'string':
      isFit = typeof value === 'string' && value.length >= (rule.min ?? 0)
      break
    case 'number':
      isFit = typeof value === 'number' && value >= (rule.min ?? -Infinity) && value <= (rule.max ?? Infinity)
      break
    case 'one':
      isFit = (typeof value === 'string' || typeof value === 'number') && rule.of.includes(value)
      break
    case 'pattern':
      isFit = typeof value === 'string' && rule.pattern.test(value)
      break
    case 'numbers':
      isFit = list?.every((item) => typeof item === 'number') ?? false
      break
    case 'strings':
      isFit = list !== undefined && list.length > 0 && list.every((item) => typeof item === 'string')
      break
    case 'list':
      isFit = list !== undefined && list.length > 0 && list.every((item) => fits(item, rule.of))
      break
    case 'object':
      isFit = isRecord(value) && fitsShape(value, rule.shape)
      break
  }
  return isFit
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
  let words = 'any value'
  switch (rule.kind) {
    case 'any':
      break
    case 'boolean':
      words = 'true or false'
      break
    case 'string':
      words = rule.min ? 'a string that is not empty' : 'a string'
      break
    case 'number': {
      const from = rule.min === undefined ? '' : ` from ${rule.min}`
      words = `a number${from}${rule.max === undefined ? '' : ` to ${rule.max}`}`
      break
    }
    case 'one':
      words = rule.of.length === 1 ? JSON.stringify(rule.of[0]) : `one of ${rule.of.join(', ')}`
      break
    case 'pattern':
      words = rule.says
      break
    case 'numbers':
      words = 'a list of numbers'
      break
    case 'strings':
      words = 'a list of strings that is not empty'
      break
    case 'list':
      words = 'a list that is not empty'
      break
    case 'object':
      words = `an object with ${Object.keys(rule.shape).join(', ')}`
      break
  }
  return words
}
