import type { AdfNode, Warning } from '../document.ts'
import { fingerprint } from '../equal.ts'
import type { Fitting } from '../fit/fitting.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import type { MediaReference } from '../from-markdown/reading.ts'
import { table } from '../table.ts'

/** What `wikiToAdf` takes besides the text. */
export interface FromWikiOptions {
  /** The person of a user name or account id. */
  readonly resolveUser?: (name: string) => { readonly id: string; readonly name?: string } | undefined
  /** Finds the media of an attachment by its file name; without an answer an image becomes a link. */
  readonly resolveMedia?: (fileName: string) => MediaReference | undefined
}

/** One reading of wiki markup. */
export interface WikiReading extends Fitting {
  readonly options: FromWikiOptions
  readonly warnings: Map<string, Warning>
  colourOf(name: string): string | undefined
  imageOf(source: string): AdfNode
}

const colours = table<string>({
  black: '#000000',
  blue: '#0000ff',
  brown: '#a52a2a',
  cyan: '#00ffff',
  darkblue: '#00008b',
  darkgreen: '#006400',
  darkred: '#8b0000',
  gray: '#808080',
  green: '#008000',
  grey: '#808080',
  magenta: '#ff00ff',
  maroon: '#800000',
  navy: '#000080',
  olive: '#808000',
  orange: '#ffa500',
  purple: '#800080',
  red: '#ff0000',
  silver: '#c0c0c0',
  teal: '#008080',
  white: '#ffffff',
  yellow: '#ffff00',
})

/** Begins a reading. */
export function createWikiReading(text: string, options: FromWikiOptions): WikiReading {
  const warnings = new Map<string, Warning>()
  let ids = 0
  let seed: string | undefined
  const note = (code: Warning['code'], subject: string, message: string): void => {
    if (!warnings.has(message)) warnings.set(message, { code, subject, message })
  }
  return {
    options,
    warnings,
    target: undefined,
    trusted: new WeakSet(),
    newId() {
      seed ??= fingerprint(text)
      ids += 1
      return `${seed}-${ids}`
    },
    warn: (subject, message) => note('repaired', subject, message),
    colourOf(name) {
      const plain = name.trim().toLowerCase()
      const hex = /^#[0-9a-f]{6}$/.test(plain) ? plain : colours[plain]
      if (hex === undefined) note('lost', 'color', 'A colour that is not known by its name was left out.')
      return hex
    },
    imageOf(source) {
      const isFile = !/^https?:/i.test(source)
      const found = isFile ? options.resolveMedia?.(source) : undefined
      if (found) return { type: 'mediaInline', attrs: { type: 'file', ...found } }
      const href = isFile ? `attachment:${encodeURIComponent(source.toWellFormed())}` : source
      note('repaired', 'image', 'An image became a link to it: give resolveMedia, or attach it again.')
      return isAllowedHref(href)
        ? { type: 'text', text: source, marks: [{ type: 'link', attrs: { href } }] }
        : { type: 'text', text: source }
    },
  }
}
