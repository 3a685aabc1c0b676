/** Names that Windows keeps for devices, with any ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

function suggested(disposition: string): string | undefined {
  const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended.trim())
    } catch {
      // Badly escaped: the plain form below is second best.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]+))/i.exec(disposition)
  return plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2]?.trim()
}

/**
 * The name that a download suggests, made safe to use inside a folder: without directories, controls, invisible
 * characters, and names that mean a device or a folder. At most 200 characters. @see RFC 6266
 */
export function fileNameOf(disposition: string | null): string | undefined {
  const name = suggested(disposition ?? '')
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (name === undefined || name === '') return undefined
  return (device.test(name) ? `_${name}` : name).slice(0, 200)
}
