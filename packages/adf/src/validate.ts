import { type AdfMark, type AdfNode, isMark, isRecord } from './document.ts'
import { isAdfError } from './error.ts'
import { guardJson } from './guard.ts'
import { isValidMark, marks as markShapes, marksOfText } from './model/marks.ts'
import { markable, marksAllowed, type NodeRule, nodes, ruleOf, shapeOf } from './model/nodes.ts'
import { describeRule, fits, type Shape } from './model/values.ts'
import { type Path, root, textOfPath, within } from './path.ts'
import { refusalOf, type Target } from './targets.ts'

/** One fault of a document. */
export interface ValidationError {
  /** Where it is, such as `content[3].content[0].attrs.panelType`; empty for the document itself. */
  readonly path: string
  readonly code:
    | 'attribute_missing'
    | 'attribute_unknown'
    | 'attribute_wrong'
    | 'count'
    | 'mark'
    | 'member'
    | 'node_misplaced'
    | 'node_unknown'
    | 'refused'
    | 'text'
  /** What is wrong, in one sentence. */
  readonly message: string
  /** What would be right there. */
  readonly hint: string
}

/** What `validateAdf` found. */
export interface Validation {
  readonly ok: boolean
  /** At most 20, in the order of the document, one for each wrong node, attribute or mark. */
  readonly errors: readonly ValidationError[]
}

/** What `validateAdf` takes besides the document. */
export interface ValidateOptions {
  /** Also report what this product refuses although the schema allows it. */
  readonly target?: Target
}

const mostErrors = 20
const members: ReadonlySet<string> = new Set(['type', 'attrs', 'content', 'marks', 'text'])

interface Run {
  readonly errors: ValidationError[]
  readonly target: Target | undefined
}

/**
 * Checks a document against the content model of ADF, and against what a product refuses when `target` says which.
 * Never throws: a value that is no document, or is nested deeper than 200 levels, is one error. Linear in its size.
 */
export function validateAdf(document: unknown, options: ValidateOptions = {}): Validation {
  const run: Run = { errors: [], target: options.target }
  try {
    guardJson(document)
    checkDocument(document, run)
  } catch (error) {
    if (!isAdfError(error)) throw error
    run.errors.push({
      path: '',
      code: 'member',
      message: error.message,
      hint: 'Give a smaller, plain document.',
    })
  }
  return { ok: run.errors.length === 0, errors: run.errors }
}

/** Whether a node is valid where it stands: by itself, with its children, and under this parent. */
export function isValidNode(value: unknown, parent: string): value is AdfNode {
  const run: Run = { errors: [], target: undefined }
  checkNode(value, { parent, path: root }, run)
  return run.errors.length === 0
}

function checkDocument(value: unknown, run: Run): void {
  if (!isRecord(value) || value['type'] !== 'doc') {
    fault(run, root, [
      'node_unknown',
      'This is no ADF document.',
      'Give { "type": "doc", "version": 1, "content": [] }.',
    ])
    return
  }
  if (value['version'] !== 1)
    fault(run, within(root, 'version'), ['member', 'The version must be 1.', 'Set it to 1.'])
  for (const key of Object.keys(value)) {
    if (key !== 'type' && key !== 'version' && key !== 'content') {
      fault(run, within(root, key), ['member', 'A document has no such member.', 'Leave it out.'])
    }
  }
  checkContent(value, { type: 'doc', path: root }, run)
}

interface Place {
  readonly parent: string
  readonly path: Path
}

function checkNode(value: unknown, place: Place, run: Run): void {
  if (run.errors.length >= mostErrors) return
  const { parent, path } = place
  const type = isRecord(value) ? value['type'] : undefined
  if (!isRecord(value) || typeof type !== 'string') {
    fault(run, path, [
      'node_unknown',
      'This is no node.',
      `Give an object with "type": ${childrenOf(parent)}.`,
    ])
    return
  }
  const rule = ruleOf(type)
  if (!rule || type === 'doc') {
    fault(run, path, [
      'node_unknown',
      `There is no node of the type ${quoted(type)}.`,
      `Use ${childrenOf(parent)}.`,
    ])
    return
  }
  const allowed = marksAllowed(parent, type)
  if (!allowed) {
    fault(run, path, [
      'node_misplaced',
      `A ${type} cannot stand in a ${parent}.`,
      `Allowed there: ${childrenOf(parent)}.`,
    ])
    return
  }
  const refusal = refusalOf(run.target, type, parent)
  if (refusal) fault(run, path, ['refused', `${run.target ?? ''} refuses a ${type} here.`, refusal.hint])
  for (const key of Object.keys(value)) {
    const known = members.has(key) && (key !== 'text' || type === 'text') && (key !== 'attrs' || rule.attrs)
    if (!known && type !== 'mediaSingle') {
      fault(run, within(path, key), ['member', `A ${type} has no such member.`, 'Leave it out.'])
    }
  }
  if (type === 'text') checkText(value, path, run)
  checkAttrs(value, { rule, type, path }, run)
  if (value['marks'] !== undefined) checkMarks(value['marks'], { parent, path, type, allowed }, run)
  checkContent(value, { type, path }, run)
}

function checkText(value: Readonly<Record<string, unknown>>, path: Path, run: Run): void {
  const { text } = value
  if (typeof text !== 'string' || text === '') {
    fault(run, within(path, 'text'), ['text', 'The text is empty or missing.', 'Leave the node out instead.'])
  }
}

function checkAttrs(
  value: Readonly<Record<string, unknown>>,
  { rule, type, path }: { readonly rule: NodeRule; readonly type: string; readonly path: Path },
  run: Run,
): void {
  const { attrs } = value
  const at = within(path, 'attrs')
  if (attrs === undefined || !isRecord(attrs)) {
    const missing = requiredOf(rule)
    if (attrs !== undefined || rule.attrsRequired || missing.length > 0) {
      fault(run, at, [
        'attribute_missing',
        `A ${type} needs attributes.`,
        `Give ${missing.join(', ') || 'an object'}.`,
      ])
    }
    return
  }
  checkShape(attrs, { shape: shapeOf(rule, attrs), at, type }, run)
}

const requiredNames = new WeakMap<NodeRule, readonly string[]>()

/** The attributes without which a node cannot be; looked up once, since most nodes have none. */
function requiredOf(rule: NodeRule): readonly string[] {
  const known = requiredNames.get(rule)
  if (known) return known
  const shape = rule.attrsOptional ? {} : shapeOf(rule, {})
  const names = Object.keys(shape).filter((name) => shape[name]?.required)
  requiredNames.set(rule, names)
  return names
}

function checkShape(
  attrs: Readonly<Record<string, unknown>>,
  { shape, at, type }: { readonly shape: Shape; readonly at: Path; readonly type: string },
  run: Run,
): void {
  for (const [name, { rule, required }] of Object.entries(shape)) {
    const value = attrs[name]
    if (value === undefined) {
      if (required) {
        fault(run, within(at, name), [
          'attribute_missing',
          `A ${type} needs ${name}.`,
          `Give ${describeRule(rule)}.`,
        ])
      }
    } else if (!fits(value, rule)) {
      fault(run, within(at, name), [
        'attribute_wrong',
        `This is no ${name} of a ${type}.`,
        `It must be ${describeRule(rule)}.`,
      ])
    }
  }
  for (const name of Object.keys(attrs)) {
    if (!Object.hasOwn(shape, name) && attrs[name] !== undefined) {
      const known = Object.keys(shape).join(', ') || 'none'
      fault(run, within(at, name), [
        'attribute_unknown',
        `A ${type} has no ${quoted(name)}.`,
        `Its attributes: ${known}.`,
      ])
    }
  }
}

interface MarkPlace extends Place {
  readonly type: string
  readonly allowed: readonly string[]
}

function checkMarks(value: unknown, place: MarkPlace, run: Run): void {
  const at = within(place.path, 'marks')
  if (!markable.has(place.type)) {
    fault(run, at, ['mark', `A ${place.type} has no marks.`, 'Leave them out.'])
    return
  }
  if (!Array.isArray(value)) {
    fault(run, at, ['mark', 'The marks are no list.', 'Give a list.'])
    return
  }
  const list: readonly unknown[] = value
  const given = list.filter(isMark)
  const allowed = place.type === 'text' ? textPlace(place.parent, given) : new Set(place.allowed)
  for (const [index, mark] of list.entries()) {
    const path = within(at, index)
    if (!isMark(mark) || !Object.hasOwn(markShapes, mark.type)) {
      fault(run, path, ['mark', 'This is no mark.', `Use ${[...allowed].join(', ') || 'none'}.`])
    } else if (!allowed.has(mark.type)) {
      const hint = `Allowed here: ${[...allowed].join(', ') || 'none'}.`
      fault(run, path, ['mark', `A ${place.type} cannot have the mark ${mark.type} here.`, hint])
    } else if (!isValidMark(mark)) {
      const before = run.errors.length
      checkShape(
        mark.attrs ?? {},
        { shape: markShapes[mark.type] ?? {}, at: within(path, 'attrs'), type: mark.type },
        run,
      )
      if (run.errors.length === before) {
        fault(run, path, [
          'mark',
          `The mark ${mark.type} has members it should not have.`,
          'Keep type and attrs only.',
        ])
      }
    }
  }
  if (given.some((mark) => mark.type === 'alignment') && given.some((mark) => mark.type === 'indentation')) {
    fault(run, at, ['mark', 'Alignment and indentation exclude each other.', 'Leave one of them out.'])
  }
}

function textPlace(parent: string, given: readonly AdfMark[]): ReadonlySet<string> {
  return parent === 'codeBlock' ? new Set() : marksOfText(given)
}

function checkContent(
  value: Readonly<Record<string, unknown>>,
  { type, path }: { readonly type: string; readonly path: Path },
  run: Run,
): void {
  const rule = nodes[type]
  const { content } = value
  const at = within(path, 'content')
  if (!rule?.children) {
    if (content !== undefined) fault(run, at, ['count', `A ${type} has no content.`, 'Leave it out.'])
    return
  }
  if (content === undefined) {
    if (rule.min !== undefined)
      fault(run, at, ['count', `A ${type} needs content.`, `Give ${childrenOf(type)}.`])
    return
  }
  if (!Array.isArray(content)) {
    fault(run, at, ['member', 'The content is no list.', 'Give a list of nodes.'])
    return
  }
  const list: readonly unknown[] = content
  if (list.length < (rule.min ?? 0) || list.length > (rule.max ?? Infinity)) {
    const count = `${rule.min ?? 0}${rule.max === undefined ? ' or more' : ` to ${rule.max}`}`
    fault(run, at, [
      'count',
      `A ${type} cannot have ${list.length} children.`,
      `Give ${count}: ${childrenOf(type)}.`,
    ])
  }
  for (let index = 0; index < list.length; index += 1) {
    const child = list[index]
    if (run.errors.length >= mostErrors) return
    checkNode(child, { parent: type, path: within(at, index) }, run)
    const kind = isRecord(child) ? child['type'] : undefined
    if (type === 'mediaSingle' && kind === (index === 0 ? 'caption' : 'media')) {
      fault(run, within(at, index), [
        'count',
        'A mediaSingle is one media and perhaps a caption.',
        'Put the media first.',
      ])
    }
  }
}

function childrenOf(type: string): string {
  const children = nodes[type]?.children ?? {}
  return Object.keys(children)
    .filter((name) => children[name])
    .join(', ')
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 40))
}

type Fault = readonly [code: ValidationError['code'], message: string, hint: string]

function fault(run: Run, path: Path, [code, message, hint]: Fault): void {
  if (run.errors.length < mostErrors) run.errors.push({ path: textOfPath(path), code, message, hint })
}
