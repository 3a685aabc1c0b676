import { ToolError } from '@telamon/tool-registry'

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
  throw new ToolError({
    code: 'conflict',
    message: token.startsWith(`${id}:`)
      ? `Nothing was changed: somebody has changed the content meanwhile, it is at version ${version} now.`
      : 'Nothing was changed: the snapshotToken belongs to another content.',
    next: 'Read it again with getConfluenceContent, make your change in the new text, and write with its snapshotToken.',
  })
}
