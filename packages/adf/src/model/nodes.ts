import { table } from '../table.ts'
import {
  aligned,
  anchored,
  blocks,
  body,
  captionInline,
  cell,
  type Children,
  extension,
  inline,
  lists,
  media,
  nestable,
  none,
  small,
} from './children.ts'
import {
  any,
  type AttrRule,
  between,
  boolean,
  filled,
  may,
  need,
  number,
  one,
  type Shape,
  string,
} from './values.ts'

/** What a node may be. Source of every entry: the official JSON schema of ADF, 57.7.22. */
export interface NodeRule {
  /** Absent: the node is a leaf. */
  readonly children?: Children
  /** How many children at least; absent: `content` may be left out. */
  readonly min?: number
  readonly max?: number
  /** The attributes, or a function that chooses among several sets by what is given. Absent: `attrs` is refused. */
  readonly attrs?: Shape | ((attrs: Readonly<Record<string, unknown>>) => Shape)
  /** Whether `attrs` must be there even if nothing in it has to. */
  readonly attrsRequired?: true
  /** Whether `attrs` may be left out although something in it has to be there. */
  readonly attrsOptional?: true
}

const id = { localId: may(string) }
const mediaLayout = need(
  one('wide', 'full-width', 'center', 'wrap-right', 'wrap-left', 'align-end', 'align-start'),
)
const macro: Shape = {
  extensionKey: need(filled),
  extensionType: need(filled),
  parameters: may(any),
  text: may(string),
  localId: may(filled),
}
const laidOutMacro: Shape = { ...macro, layout: may(one('wide', 'full-width', 'default')) }
const required = { localId: need(string) }
const task: Shape = { ...required, state: need(one('TODO', 'DONE')) }
const sync: Shape = { ...required, resourceId: need(string) }
const valign: AttrRule = may(one('top', 'middle', 'bottom'))
const cellAttrs: Shape = {
  ...id,
  colspan: may(number),
  rowspan: may(number),
  colwidth: may({ kind: 'numbers' }),
  background: may(string),
  valign,
}
const mediaSize = { alt: may(string), width: may(number), height: may(number) }
const file: Shape = {
  ...id,
  ...mediaSize,
  type: need(one('file', 'link')),
  id: need(filled),
  collection: need(string),
  occurrenceKey: may(filled),
}
const view: Shape = { type: need(string), properties: may(any) }
const datasource: Shape = {
  id: need(string),
  parameters: need(any),
  views: need({ kind: 'list', of: { kind: 'object', shape: view } }),
}

/** Every node of ADF. */
export const nodes = table<NodeRule>({
  doc: {
    children: {
      ...blocks,
      codeBlock: ['breakout'],
      expand: ['breakout'],
      layoutSection: ['breakout'],
      syncBlock: ['breakout'],
      bodiedSyncBlock: ['breakout'],
    },
    min: 0,
  },
  paragraph: { children: inline, attrs: id },
  heading: { children: inline, attrs: { ...id, level: need(between(1, 6)) } },
  bulletList: { children: { listItem: none }, min: 1, attrs: id },
  orderedList: { children: { listItem: none }, min: 1, attrs: { ...id, order: may(between(0)) } },
  listItem: {
    children: {
      paragraph: small,
      ...lists,
      taskList: none,
      mediaSingle: ['link'],
      codeBlock: none,
      ...extension,
    },
    min: 1,
    attrs: id,
  },
  taskList: { children: { taskItem: none, taskList: none, blockTaskItem: none }, min: 1, attrs: required },
  taskItem: { children: inline, attrs: task },
  blockTaskItem: { children: { paragraph: small, ...extension }, min: 1, max: 2, attrs: task },
  decisionList: { children: { decisionItem: none }, min: 1, attrs: required },
  decisionItem: { children: inline, attrs: { ...required, state: need(string) } },
  codeBlock: {
    children: { text: none },
    attrs: {
      ...id,
      language: may(string),
      uniqueId: may(string),
      wrap: may(boolean),
      hideLineNumbers: may(boolean),
    },
  },
  blockquote: {
    children: { paragraph: none, ...lists, codeBlock: none, ...media, ...extension },
    min: 1,
    attrs: id,
  },
  panel: {
    children: {
      paragraph: small,
      heading: none,
      ...lists,
      blockCard: none,
      ...media,
      codeBlock: none,
      taskList: none,
      rule: none,
      decisionList: none,
      ...extension,
    },
    min: 1,
    attrs: {
      ...id,
      panelType: need(one('info', 'note', 'tip', 'warning', 'error', 'success', 'custom')),
      panelIcon: may(string),
      panelIconId: may(string),
      panelIconText: may(string),
      panelColor: may(string),
    },
  },
  rule: { attrs: id },
  table: {
    children: { tableRow: none },
    min: 1,
    attrs: {
      displayMode: may(one('default', 'fixed')),
      isNumberColumnEnabled: may(boolean),
      layout: may(one('wide', 'full-width', 'center', 'align-end', 'align-start', 'default')),
      localId: may(filled),
      width: may(number),
    },
  },
  tableRow: { children: { tableCell: none, tableHeader: none }, min: 0, attrs: id },
  tableCell: { children: cell, min: 1, attrs: cellAttrs },
  tableHeader: { children: cell, min: 1, attrs: cellAttrs },
  expand: { children: { ...body, nestedExpand: none }, min: 1, attrs: { ...id, title: may(string) } },
  nestedExpand: { children: nestable, min: 1, attrs: { ...id, title: may(string) }, attrsRequired: true },
  layoutSection: { children: { layoutColumn: none }, min: 2, max: 3, attrs: id },
  layoutColumn: { children: blocks, min: 1, attrs: { ...id, width: need(between(0, 100)), valign } },
  mediaSingle: {
    children: { media: anchored, caption: none },
    min: 1,
    max: 2,
    attrs: (attrs) =>
      attrs['widthType'] === 'pixel'
        ? { ...id, layout: mediaLayout, width: need(between(0)), widthType: need(one('pixel')) }
        : { ...id, layout: mediaLayout, width: may(between(0, 100)), widthType: may(one('percentage')) },
    attrsOptional: true,
  },
  mediaGroup: { children: { media: anchored }, min: 1 },
  media: {
    attrs: (attrs) =>
      attrs['type'] === 'external'
        ? { ...id, ...mediaSize, type: need(one('external')), url: need(string) }
        : file,
    attrsRequired: true,
  },
  mediaInline: {
    attrs: { ...file, type: may(one('link', 'file', 'image')), data: may(any) },
  },
  caption: { children: captionInline, attrs: id },
  blockCard: {
    attrs: (attrs) => {
      if (attrs['datasource'] !== undefined) {
        const layout: AttrRule = { ...mediaLayout, required: false }
        return {
          ...id,
          datasource: need({ kind: 'object', shape: datasource }),
          url: may(string),
          width: may(number),
          layout,
        }
      }
      return attrs['data'] === undefined ? { ...id, url: need(string) } : { ...id, data: need(any) }
    },
    attrsRequired: true,
  },
  embedCard: {
    attrs: {
      ...id,
      url: need(string),
      layout: mediaLayout,
      width: may(between(0, 100)),
      originalHeight: may(number),
      originalWidth: may(number),
    },
  },
  inlineCard: {
    attrs: (attrs) =>
      attrs['data'] === undefined ? { ...id, url: need(string) } : { ...id, data: need(any) },
    attrsRequired: true,
  },
  extension: { attrs: laidOutMacro },
  inlineExtension: { attrs: macro },
  bodiedExtension: { children: body, min: 1, attrs: laidOutMacro },
  syncBlock: { attrs: sync },
  bodiedSyncBlock: {
    children: {
      ...body,
      paragraph: aligned,
      heading: ['alignment', 'indentation'],
      expand: none,
      layoutSection: ['breakout'],
      extension: undefined,
    },
    min: 1,
    attrs: sync,
  },
  mention: {
    attrs: {
      ...id,
      id: need(string),
      text: may(string),
      accessLevel: may(string),
      userType: may(one('DEFAULT', 'SPECIAL', 'APP')),
    },
  },
  emoji: { attrs: { ...id, shortName: need(string), id: may(string), text: may(string) } },
  date: { attrs: { ...id, timestamp: need(filled) } },
  status: {
    attrs: {
      ...id,
      text: need(filled),
      color: need({
        kind: 'pattern',
        pattern: /^(?:neutral|purple|blue|red|yellow|green|#[0-9a-fA-F]{6})$/,
        says: 'neutral, purple, blue, red, yellow, green or a colour such as #ff5630',
      }),
      style: may(string),
    },
  },
  hardBreak: { attrs: { ...id, text: may(one('\n')) } },
  placeholder: { attrs: { ...id, text: need(string) } },
  text: {},
})

/** Nodes whose member `marks` the schema knows at all; on the others even an empty list is refused. */
export const markable: ReadonlySet<string> = new Set([
  'bodiedExtension',
  'bodiedSyncBlock',
  'codeBlock',
  'expand',
  'extension',
  'heading',
  'inlineExtension',
  'layoutSection',
  'media',
  'mediaInline',
  'mediaSingle',
  'paragraph',
  'syncBlock',
  'table',
  'text',
])

const rules: ReadonlyMap<string, NodeRule | undefined> = new Map(Object.entries(nodes))

/** The marks that children may carry, by parent and child. */
const places: ReadonlyMap<string, ReadonlyMap<string, readonly string[] | undefined>> = new Map(
  Object.entries(nodes).map(([type, rule]) => [type, new Map(Object.entries(rule?.children ?? {}))]),
)

/** Whether nodes of a type stand within a line of text. */
export function isInline(type: string): boolean {
  return Object.hasOwn(inline, type)
}

/** The rule of a node type; undefined for types that the model does not know. */
export function ruleOf(type: string): NodeRule | undefined {
  return rules.get(type)
}

/** The attributes that a node of this type may have, given those it has. */
export function shapeOf(rule: NodeRule, attrs: Readonly<Record<string, unknown>>): Shape {
  if (rule.attrs === undefined) return {}
  return typeof rule.attrs === 'function' ? rule.attrs(attrs) : rule.attrs
}

/** The marks that a child may carry in this place; undefined when it may not stand there. */
export function marksAllowed(parent: string, child: string): readonly string[] | undefined {
  return places.get(parent)?.get(child)
}
