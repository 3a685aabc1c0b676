/** What a model can look at, by media type. */
export type FileKind = 'image' | 'text' | 'other'

const images: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const texts =
  /^(?:text\/|application\/(?:json|xml|x-yaml|yaml|javascript|x-sh|sql|toml|csv)\b)|\+(?:json|xml)$/

/** Whether a file is an image or a text that a model can read. The type may have parameters. */
export function kindOf(mimeType: string | undefined): FileKind {
  const type = (mimeType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (images.has(type)) return 'image'
  return texts.test(type) ? 'text' : 'other'
}
