import { table } from '../table.ts'
/** Panels by the macro that stands for them. Source: pages recorded on Cloud, where a `tip` is the green panel. */
export const panelOfMacro = table<string>({
  info: 'info',
  note: 'warning',
  tip: 'success',
  warning: 'error',
})

/** The macro of each panel that has one; `note` and `tip` are written as `ac:adf-extension`, `custom` as `panel`. */
export const macroOfPanel = table<string>({
  info: 'info',
  warning: 'note',
  success: 'tip',
  error: 'warning',
})

/** The colours of the status macro and of the status node. */
export const statusColours: readonly (readonly [macro: string, node: string])[] = [
  ['Grey', 'neutral'],
  ['Purple', 'purple'],
  ['Blue', 'blue'],
  ['Red', 'red'],
  ['Yellow', 'yellow'],
  ['Green', 'green'],
]

/** Widths of the columns of a section, by its type. */
export const layouts: readonly (readonly [type: string, widths: readonly number[]])[] = [
  ['two_equal', [50, 50]],
  ['two_left_sidebar', [33.33, 66.66]],
  ['two_right_sidebar', [66.66, 33.33]],
  ['three_equal', [33.33, 33.33, 33.33]],
  ['three_with_sidebars', [25, 50, 25]],
]

/** Elements that are marks, and those marks. The first name of a mark is the one it is written as. */
export const markElements: readonly (readonly [name: string, type: string, attr?: string])[] = [
  ['strong', 'strong'],
  ['em', 'em'],
  ['u', 'underline'],
  ['del', 'strike'],
  ['sub', 'subsup', 'sub'],
  ['sup', 'subsup', 'sup'],
  ['code', 'code'],
  ['b', 'strong'],
  ['i', 'em'],
  ['ins', 'underline'],
  ['s', 'strike'],
  ['strike', 'strike'],
  ['tt', 'code'],
]

/** The extension type of Confluence's macros in ADF. */
export const macroType = 'com.atlassian.confluence.macro.core'

/** The extension type under which an element that has no node is kept, with its XML in the parameter `storageXml`. */
export const keptType = 'com.atlassian.confluence.storage'

/** A colour as storage writes it, `rgb(151,160,175)` or `#97a0af`, in the form of ADF; undefined for others. */
export function hexOf(colour: string): string | undefined {
  const text = colour.trim()
  if (/^#[0-9a-fA-F]{6}$/.test(text)) return text.toLowerCase()
  if (/^#[0-9a-fA-F]{3}$/.test(text)) return text.toLowerCase().replaceAll(/[0-9a-f]/g, '$&$&')
  const parts = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(text)
  if (!parts) return undefined
  const bytes = parts.slice(1).map(Number)
  if (bytes.some((byte) => byte > 255)) return undefined
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** A colour of ADF as storage writes it. */
export function rgbOf(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return `rgb(${red},${green},${blue})`
}

/** The declarations of a `style` attribute by property. */
export function styleOf(style: string | undefined): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const declaration of (style ?? '').split(';')) {
    const colon = declaration.indexOf(':')
    if (colon > 0)
      map.set(declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim())
  }
  return map
}

/** The value of an attribute that is a number; undefined for others. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(?:\.\d+)?(?:px)?$/.test(text.trim())) return undefined
  return Number.parseFloat(text)
}
