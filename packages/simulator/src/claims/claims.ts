import { attachmentClaims } from './attachments.ts'
import { bulkClaims } from './bulk.ts'
import type { Claim } from './claim.ts'
import { configurationClaims } from './configuration.ts'
import { contentClaims } from './content.ts'
import { cqlFieldClaims } from './cql-fields.ts'
import { cqlClaims } from './cql.ts'
import { customFieldClaims } from './custom-fields.ts'
import { footerCommentsClaims } from './footer-comments.ts'
import { gatewayClaims } from './gateway.ts'
import { inlineCommentClaims } from './inline-comments.ts'
import { issueActionClaims } from './issue-actions.ts'
import { issueAttachmentClaims } from './issue-attachments.ts'
import { issuesClaims } from './issues.ts'
import { jiraPropertyClaims } from './jira-properties.ts'
import { jqlClaims } from './jql.ts'
import { movingClaims } from './moving.ts'
import { pagesClaims } from './pages.ts'
import { peopleClaims } from './people.ts'
import { permissionClaims } from './permissions.ts'
import { projectAdminClaims } from './project-admin.ts'
import { projectPartClaims } from './project-parts.ts'
import { projectsClaims } from './projects.ts'
import { propertyClaims } from './properties.ts'
import { restrictionClaims } from './restrictions.ts'
import { searchClaims } from './search.ts'
import { requestAttachmentClaims } from './service-attachments.ts'
import { deskClaims } from './service-desks.ts'
import { requestClaims } from './service-requests.ts'
import { sharingClaims } from './sharing.ts'
import { signInClaims } from './sign-in.ts'
import { boardClaims } from './software-boards.ts'
import { sprintClaims } from './software-sprints.ts'
import { spaceClaims } from './spaces.ts'
import { taskClaims } from './tasks.ts'
import { upkeepClaims } from './upkeep.ts'

/** Everything that is claimed. A source such as F-GW-01 is a fact of the project's collection; a bare name is an operation of a document. */
export const claims: readonly Claim[] = [
  ...signInClaims,
  ...gatewayClaims,
  ...issuesClaims,
  ...searchClaims,
  ...projectsClaims,
  ...boardClaims,
  ...sprintClaims,
  ...deskClaims,
  ...requestAttachmentClaims,
  ...requestClaims,
  ...pagesClaims,
  ...footerCommentsClaims,
  ...cqlClaims,
  ...attachmentClaims,
  ...propertyClaims,
  ...issueActionClaims,
  ...bulkClaims,
  ...sharingClaims,
  ...projectPartClaims,
  ...projectAdminClaims,
  ...permissionClaims,
  ...peopleClaims,
  ...configurationClaims,
  ...customFieldClaims,
  ...jqlClaims,
  ...cqlFieldClaims,
  ...contentClaims,
  ...inlineCommentClaims,
  ...spaceClaims,
  ...taskClaims,
  ...movingClaims,
  ...restrictionClaims,
  ...upkeepClaims,
  ...issueAttachmentClaims,
  ...jiraPropertyClaims,
]
