import { ToolError, writtenCall } from '@telamon/tool-registry'

/** Names one version of one content, so that a change can say what it builds on. */
export function snapshotToken(id: string, version: number): string {
  return `${id}:${version}`
}

/**
 * Checks that nothing was changed since a content was read.
 *
 * @throws ToolError with the code `conflict` when it was, or when the token belongs to another content.
 */
export function checkSnapshot(token: string | undefined, id: string, version: number): void {
  if (token === undefined || token === snapshotToken(id, version)) return
  const read = writtenCall('getConfluenceContent', { contentId: id, contentFormat: 'editable' })
  throw new ToolError({
    code: 'conflict',
    message: token.startsWith(`${id}:`)
      ? `Somebody has changed it meanwhile: it is at version ${version} now, and the snapshotToken is of version ${token.slice(id.length + 1).slice(0, 20)}.`
      : 'The snapshotToken belongs to another content.',
    next: `Call ${read}, make your change in that text, and write it with its snapshotToken.`,
  })
}
