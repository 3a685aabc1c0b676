import { isAtlassianError } from '@telamon/rest'
import { ToolError } from '@telamon/tool-registry'

/**
 * Sends what may not be sent twice. When its answer was lost, the error names the call that shows whether it was carried
 * out, since the caller knows no id to look at.
 */
export async function confirmed<Answer>(
  send: () => Promise<Answer>,
  { what, look }: { readonly what: string; readonly look: string },
): Promise<Answer> {
  try {
    return await send()
  } catch (error) {
    if (!isAtlassianError(error) || error.outcome !== 'unknown') throw error
    throw new ToolError({
      code: 'unavailable',
      message: `Confluence did not confirm ${what}.`,
      next: `${look} Repeat the call only when it is not there.`,
      outcome: 'unknown',
      cause: error,
    })
  }
}
