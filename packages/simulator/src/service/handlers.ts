import type { Served } from '../http/call.ts'
import { approvalHandlers } from './approvals.ts'
import { articleHandlers } from './articles.ts'
import { requestAttachmentHandlers } from './attachments.ts'
import { requestCommentHandlers } from './comments.ts'
import { deskHandlers } from './desks.ts'
import { optedIn } from './experimental.ts'
import { organizationHandlers } from './organizations.ts'
import { requestTypeHandlers } from './request-types.ts'
import { requestHandlers } from './requests.ts'
import { slaHandlers } from './sla-handlers.ts'
import { statusHandlers } from './status.ts'

/** Everything of Jira Service Management that is served. */
export const serviceHandlers: readonly Served[] = [
  ...deskHandlers,
  ...organizationHandlers,
  ...requestTypeHandlers,
  ...requestHandlers,
  ...requestAttachmentHandlers,
  ...requestCommentHandlers,
  ...statusHandlers,
  ...slaHandlers,
  ...approvalHandlers,
  ...articleHandlers,
].map(optedIn)
