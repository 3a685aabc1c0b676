/** What an older Node is told, which could not run what follows. Undefined: this one is new enough. */
export function refusalFor(version: string): string | undefined {
  if (parseInt(version, 10) >= 20) return undefined
  return (
    'telamon-proxy needs Node 20 or newer, and was started with Node ' +
    version +
    ' (' +
    process.execPath +
    '). Install a newer one, or name its full path in the configuration of your client.'
  )
}
