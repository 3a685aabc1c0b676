import type { Warning } from '../document.ts'
import { encodeAttribute } from './xml.ts'

/** What `adfToStorage` takes besides the document. */
export interface ToStorageOptions {
  /** The file name of an attachment by the id of its media. Default: the description, else the id. */
  readonly resolveMedia?: (id: string) => string | undefined
}

/** One writing of a storage body. */
export interface StorageWriter {
  readonly options: ToStorageOptions
  readonly warnings: Map<string, Warning>
  /** Tasks are numbered within a body. */
  tasks: number
}

/** Begins a writing. */
export function createStorageWriter(options: ToStorageOptions): StorageWriter {
  return { options, warnings: new Map(), tasks: 0 }
}

/** Remembers that something has no place in storage format, once for each kind of thing. */
export function lose(writer: StorageWriter, subject: string, message: string): void {
  if (!writer.warnings.has(subject)) writer.warnings.set(subject, { code: 'lost', subject, message })
}

type Attrs = Readonly<Record<string, number | string | undefined>>

/** Attributes as they stand in a tag, each after a space. */
export function attributes(attrs: Attrs): string {
  let text = ''
  for (const [key, value] of Object.entries(attrs)) {
    if (value !== undefined) text += ` ${key}="${encodeAttribute(String(value))}"`
  }
  return text
}

/** The tag that opens an element. */
export function openTag(name: string, attrs: Attrs): string {
  return `<${name}${attributes(attrs)}>`
}

/** An element around what is written already. Without content it closes itself. */
export function element(name: string, attrs: Attrs, content = ''): string {
  return content === '' ? `<${name}${attributes(attrs)} />` : `${openTag(name, attrs)}${content}</${name}>`
}
