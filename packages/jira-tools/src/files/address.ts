import { getAttachmentContent } from '@telamon/jira/operations'

import type { JiraSite } from '../define.ts'

/** Where a person who is signed in can download an attached file. */
export function downloadAddress({ url }: Pick<JiraSite, 'url'>, attachmentId: string): string {
  return `${url}${getAttachmentContent.path.replace('{id}', attachmentId)}`
}
